//! `sijil extract` without files: a new run over all that the register holds.

use crate::arguments::Arguments;
use crate::failure::Outcome;
use crate::session::Session;
use crate::stages::{Stages, rerun};
use crate::terminal::{counted, say};

pub fn run(arguments: &Arguments) -> Outcome {
    let mut session = Session::open(arguments)?;
    let stages = Stages::of(&session.register)?;
    let (position, claims) = rerun::everything(&mut session.register, &stages, &session.account)?;
    let proposed = session.register.view().runs(true)?.iter().any(|run| run.position == position);
    say(&format!("run:{position}  {} by {}", counted(claims, "claim"), stages.coder.program().in_force()));
    if proposed {
        say(&format!("  it is a proposal: every figure stands as it was until `sijil adopt run:{position}`"));
    }
    Ok(())
}
