//! `sijil reject`: says that a claim was a misreading, or takes that back.

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
    let position = reject_in(&mut session, &reject.claim, reject.undo, &reject.why)?;
    let kind = if reject.undo { "claim.restored" } else { "claim.rejected" };
    say(&format!("entry:{position}  {kind}  {}", reject.claim));
    before.tell_moved(&session, &stages)
}

/// Writes that a claim was a misreading or, with `undo`, that it was read right after all.
pub fn reject_in(session: &mut Session, claim: &str, undo: bool, reason: &str) -> Result<u64, Failure> {
    let Target::Claim(claim) = session.register.view().find(claim)? else {
        return Err(Failure::Usage(format!(
            "{claim} is no claim; `sijil show` lists the claims of a record or document"
        )));
    };
    let why = why(reason)?;
    let rejected = session.register.view().claim(&claim)?.rejection.is_some();
    let event = match (undo, rejected) {
        (true, true) => Event::ClaimRestored { claim, why },
        (true, false) => {
            return Err(Failure::Refused(format!(
                "{claim} is not rejected, so there is nothing to take back"
            )));
        }
        (false, _) => Event::ClaimRejected { claim, why },
    };
    session.write(|writing| writing.say(event))
}
