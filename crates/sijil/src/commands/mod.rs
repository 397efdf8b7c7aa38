//! One file a command; this one only hands over.

mod account;
pub mod add;
mod adopt;
mod backup;
mod check;
mod clear;
mod count;
pub mod decide;
mod demo;
pub mod enter;
mod erase;
mod estimate;
pub mod extract;
mod import;
pub mod init;
pub mod judge;
mod link;
mod log;
pub mod moved;
mod note;
mod object;
mod place;
mod population;
mod publish;
mod read;
mod rebuild;
pub mod reject;
mod report;
mod rerun;
mod rules;
mod serve;
mod settings;
mod show;
mod sign;
mod source;
mod sync;
mod verify;

use crate::arguments::{Arguments, Command};
use crate::failure::Outcome;

/// Does what the command line says.
pub fn run(arguments: &Arguments) -> Outcome {
    match &arguments.command {
        Command::Init(init) => init::run(init),
        Command::Demo(demo) => demo::run(arguments, demo),
        Command::Serve(serve) => serve::run(arguments, serve),
        Command::Publish(publish) => publish::run(arguments, publish),
        Command::Add(add) => add::run(arguments, add),
        Command::Import(import) => import::run(arguments, import),
        Command::Adopt(adopt) => adopt::run(arguments, adopt),
        Command::Read(read) => read::run(read),
        Command::Extract(extract) => extract::run(arguments, extract),
        Command::Place(place) => place::run(arguments, place),
        Command::Check(check) => check::run(arguments, check),
        Command::Link(link) => link::run(arguments, link),
        Command::Estimate(estimate) => estimate::run(arguments, estimate),
        Command::Count(count) => count::run(arguments, count),
        Command::Report(report) => report::run(arguments, report),
        Command::Enter(enter) => enter::run(arguments, enter),
        Command::Decide(decide) => decide::run(arguments, decide),
        Command::Judge(judge) => judge::run(arguments, judge),
        Command::Reject(reject) => reject::run(arguments, reject),
        Command::Source(source) => source::run(arguments, source),
        Command::Clear(clear) => clear::run(arguments, clear),
        Command::Sign(sign) => sign::run(arguments, sign),
        Command::Object(object) => object::run(arguments, object),
        Command::Erase(erase) => erase::run(arguments, erase),
        Command::Account(account) => account::run(arguments, account),
        Command::Settings(settings) => settings::run(arguments, settings),
        Command::Rules(rules) => rules::run(arguments, rules),
        Command::Note(note) => note::run(arguments, note),
        Command::Population(population) => population::run(arguments, population),
        Command::Show(show) => show::run(arguments, show),
        Command::Verify(verify) => verify::run(arguments, verify),
        Command::Rebuild => rebuild::run(arguments),
        Command::Log(log) => log::run(arguments, log),
        Command::Lock => init::lock(arguments),
        Command::Unlock => init::unlock(arguments),
        Command::Backup(backup) => backup::run(arguments, backup),
        Command::Restore(restore) => backup::restore(restore),
        Command::Sync(sync) => sync::run(arguments, sync),
    }
}
