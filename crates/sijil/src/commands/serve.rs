//! `sijil serve`: the review desk, in a browser.

use crate::arguments::{Arguments, Serve};
use crate::desk;
use crate::failure::Outcome;
use crate::session::Session;

pub fn run(arguments: &Arguments, serve: &Serve) -> Outcome {
    desk::serve(Session::open(arguments)?, &serve.listen, serve.no_open)
}
