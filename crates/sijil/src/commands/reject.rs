//! `sijil reject`: says that a claim was a misreading.

use sijil_register::Event;
use sijil_register::ask::Target;

use super::decide::why;
use super::moved::Before;
use crate::arguments::{Arguments, Reject};
use crate::failure::{Failure, Outcome};
use crate::session::Session;
use crate::stages::Stages;
use crate::terminal::say;

pub fn run(arguments: &Arguments, reject: &Reject) -> Outcome {
    let mut session = Session::open(arguments)?;
    let stages = Stages::of(&session.register)?;
    let before = Before::of(&session, &stages)?;
    let position = reject_in(&mut session, &reject.claim, &reject.why)?;
    say(&format!("entry:{position}  claim.rejected  {}", reject.claim));
    before.tell_moved(&session, &stages)
}

/// Writes that a claim was a misreading.
pub fn reject_in(session: &mut Session, claim: &str, reason: &str) -> Result<u64, Failure> {
    let Target::Claim(claim) = session.register.view().find(claim)? else {
        return Err(Failure::Usage(format!(
            "{claim} is no claim; `sijil show` lists the claims of a record or document"
        )));
    };
    let why = why(reason)?;
    session.write(|writing| writing.say(Event::ClaimRejected { claim, why }))
}
