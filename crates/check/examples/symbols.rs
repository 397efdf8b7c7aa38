//! Prints the line of symbols that the checker's rules read, for each line of standard input.
#![allow(clippy::print_stdout, reason = "a tool for writing rules")]

fn main() {
    for line in std::io::stdin().lines().map_while(Result::ok) {
        println!("{}", sijil_check::symbols(&line));
    }
}
