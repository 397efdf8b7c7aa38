//! `sijil account`: lists accounts, or makes one. Accounts are pseudonyms; nobody's name is asked for.

use sijil_model::AccountId;
use sijil_register::Event;

use crate::arguments::{Account, Arguments};
use crate::failure::{Failure, Outcome};
use crate::session::Session;
use crate::terminal::{say, table};

/// What an account may do.
const ROLES: [&str; 3] = ["recorder", "reviewer", "publisher"];

pub fn run(arguments: &Arguments, account: &Account) -> Outcome {
    let mut session = Session::open(arguments)?;
    let Some(id) = &account.id else {
        let rows: Vec<Vec<String>> = session
            .register
            .view()
            .accounts()?
            .into_iter()
            .map(|row| vec![row.id, row.roles.join(", ")])
            .collect();
        table(&rows);
        return Ok(());
    };
    let roles: Vec<String> = account.roles.split(',').map(|role| role.trim().to_owned()).collect();
    if let Some(role) = roles.iter().find(|role| !ROLES.contains(&role.as_str())) {
        return Err(Failure::Usage(format!("`{role}` is no role; write one of: {}", ROLES.join(", "))));
    }
    // Nobody gives what they do not have: else every role would be everybody's in two steps.
    let own = session.roles()?.unwrap_or_else(|| ROLES.map(str::to_owned).to_vec());
    if let Some(role) = roles.iter().find(|role| !own.contains(role)) {
        return Err(Failure::Refused(format!(
            "{} is {} and cannot make somebody {role}; an account that has a role gives it, with --as ACCOUNT",
            session.account,
            own.join(", ")
        )));
    }
    let made = AccountId::new(id.as_str())?;
    let position = session.write(|writing| writing.say(Event::AccountMade { account: made, roles }))?;
    say(&format!("entry:{position}  account.made  {id}"));
    Ok(())
}
