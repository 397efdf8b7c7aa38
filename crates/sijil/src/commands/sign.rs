//! `sijil sign`: a second person stands behind what the first cleared.

use sijil_register::Event;

use super::clear::whole_ids;
use crate::arguments::{Arguments, Sign};
use crate::failure::{Failure, Outcome};
use crate::session::Session;
use crate::terminal::say;

pub fn run(arguments: &Arguments, sign: &Sign) -> Outcome {
    let mut session = Session::open(arguments)?;
    session.must_be("reviewer", "signs")?;
    let targets = whole_ids(session.register.view(), &sign.ids)?;
    for target in &targets {
        let (cleared, _) = session.register.view().cleared_and_signed(target)?;
        match cleared {
            None => {
                return Err(Failure::Refused(format!(
                    "{target} is not cleared yet; first `sijil clear {target}`"
                )));
            }
            Some(account) if account == session.account.as_str() => {
                return Err(Failure::Refused(format!(
                    "{account} cleared {target} and cannot sign it too; somebody else signs, with --as ACCOUNT"
                )));
            }
            Some(_) => {}
        }
    }
    let position = session.write(|writing| writing.say(Event::Signed { targets: targets.clone() }))?;
    say(&format!("entry:{position}  signed  {}", targets.join(" ")));
    Ok(())
}
