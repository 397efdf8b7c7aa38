//! `sijil sync`: receives another register's log, bodies and evidence from its folder.

use sijil_archive::Received;

use crate::arguments::{Arguments, Sync};
use crate::failure::Outcome;
use crate::kept_here;
use crate::session::{Session, passphrase_for};
use crate::terminal::{counted, say};

pub fn run(arguments: &Arguments, sync: &Sync) -> Outcome {
    let mut session = Session::open(arguments)?;
    let unlock = passphrase_for(&sync.path)?;
    kept_here::refuse_to_receive(&sync.path, unlock.as_ref())?;
    let reception = session.write(|writing| Ok(writing.batch().receive(&sync.path, unlock.as_ref())?))?;
    for (origin, received) in &reception.logs {
        let what = match received {
            Received::Ours => "our own log, as we have it".to_owned(),
            Received::Known => "nothing new".to_owned(),
            Received::Older => "older than what we have".to_owned(),
            Received::New { from, to } => format!("entries {from} to {to} received"),
        };
        say(&format!("{origin}  {what}"));
    }
    say(&format!(
        "  {} of evidence received; the other register learns of ours by its own `sijil sync`",
        counted(reception.blobs, "file")
    ));
    Ok(())
}
