//! Serving: the address, the one-time link, the browser, and a clean end.

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;

use super::{Desk, router};
use crate::failure::{Failure, Outcome};
use crate::session::Session;
use crate::terminal::{complain, say};

/// How long a page that is still being sent may hold up the end.
const PATIENCE: Duration = Duration::from_secs(3);

/// Serves the desk of a register until Ctrl-C. Prints the address with its one-time link, and opens a browser where
/// there is one and `no_open` does not forbid it.
pub fn serve(session: Session, listen: &str, no_open: bool) -> Outcome {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|cause| Failure::Internal(format!("the desk cannot start: {cause}")))?;
    runtime.block_on(serve_until_stopped(session, listen, no_open))
}

async fn serve_until_stopped(session: Session, listen: &str, no_open: bool) -> Outcome {
    let refused = |cause: std::io::Error| {
        Failure::Refused(format!(
            "{listen} cannot be listened on: {cause}; name another address with --listen 127.0.0.1:PORT"
        ))
    };
    let listener = TcpListener::bind(listen).await.map_err(refused)?;
    let address = listener.local_addr().map_err(refused)?;
    let desk = Arc::new(Desk::new(session, address)?);
    if !address.ip().is_loopback() {
        complain(&format!(
            "sijil: {address} can be reached by other computers, and nothing is encrypted on the way; whoever has the link reads the whole register"
        ));
    }
    let link = desk.link();
    say(&format!("desk: {link} (opens once; Ctrl-C ends)"));
    if !no_open {
        open_browser(&link);
    }
    let (stopping, stopped) = tokio::sync::oneshot::channel();
    let serving = axum::serve(listener, router(desk)).with_graceful_shutdown(async move {
        stop_signal().await;
        // Nobody listens where serving itself has ended.
        let _ = stopping.send(());
    });
    let out_of_patience = async {
        if stopped.await.is_ok() {
            tokio::time::sleep(PATIENCE).await;
        }
    };
    tokio::select! {
        served = async { serving.await } => served.map_err(|cause| Failure::Internal(format!("the desk stopped: {cause}"))),
        () = out_of_patience => Ok(()),
    }
}

/// Ends when the person or the system asks for the end.
async fn stop_signal() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}

/// Opens the desk in the person's browser, if there is a screen to show it on.
fn open_browser(link: &str) {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let has_screen = cfg!(target_os = "macos") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY");
    if is_set("CI") || !has_screen {
        return;
    }
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    // The address is printed either way: a browser that does not come is no error.
    let _ = Command::new(opener)
        .arg(link)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
}
