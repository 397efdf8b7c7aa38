//! The `sijil` program. Everything is in the library beside it.

/// Reading and counting allocate much that is small and short-lived.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    sijil::run()
}
