//! A run of chains on a terminal: how far it is, Ctrl-C, and what it has done so far kept in a folder.

use std::future::{Future, poll_fn};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;

use indicatif::ProgressBar;
use sijil_estimate::lcmcr::Unfinished;
use sijil_estimate::{Step, Watch};

use super::report;
use crate::failure::{Failure, file, write_whole_with};
use crate::terminal::{complain, progress};

/// Ends a process by the convention for an interrupt.
const INTERRUPTED: i32 = 130;

/// Whether somebody pressed Ctrl-C. The first time what is running stops and is kept; the second time the program ends.
#[derive(Clone, Default)]
pub struct Stopping(Arc<AtomicBool>);

impl Stopping {
    /// Listens from now on: it returns when the handler is there, so that no Ctrl-C ends the program before.
    pub fn listening() -> Self {
        let stopping = Stopping::default();
        let told = stopping.clone();
        let (listens, heard) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
                return;
            };
            runtime.block_on(async {
                let mut pressed = Box::pin(tokio::signal::ctrl_c());
                // Asking it for the first time sets the handler.
                let asked = poll_fn(|context| Poll::Ready(pressed.as_mut().poll(context))).await;
                let _ = listens.send(());
                let mut is_heard = match asked {
                    Poll::Ready(heard) => heard.is_ok(),
                    Poll::Pending => pressed.await.is_ok(),
                };
                while is_heard {
                    if told.0.swap(true, Ordering::SeqCst) {
                        std::process::exit(INTERRUPTED);
                    }
                    complain("stopping; Ctrl-C again ends at once");
                    is_heard = tokio::signal::ctrl_c().await.is_ok();
                }
            });
        });
        // Where no runtime can be made, nobody listens and the program ends as any does.
        let _ = heard.recv();
        stopping
    }

    /// Whether it was pressed.
    pub fn asked(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// Watches the run of one file or question.
pub struct Watching {
    stopping: Stopping,
    bar: ProgressBar,
    kept: Option<PathBuf>,
}

impl Watching {
    /// Watches; what chains have done is kept below `out`, where there is such a folder.
    pub fn new(stopping: &Stopping, out: Option<&Path>) -> Result<Self, Failure> {
        let kept = out.map(|out| out.join("unfinished"));
        if let Some(kept) = &kept {
            std::fs::create_dir_all(kept).map_err(|cause| file(kept, &cause))?;
        }
        Ok(Watching { stopping: stopping.clone(), bar: progress(0, "estimating"), kept })
    }

    fn path(&self, name: &str) -> Option<PathBuf> {
        self.kept.as_ref().map(|kept| kept.join(format!("{name}.json")))
    }
}

impl Watch for Watching {
    fn goes_on(&self, step: &Step) -> bool {
        match step {
            Step::Begins(method) => self.bar.set_message(report::code(method)),
            Step::Sweeps { done, most, diagnostics } => {
                self.bar.set_length(*most as u64);
                self.bar.set_position(*done as u64);
                if let Some(found) = diagnostics {
                    let worth = found.bulk.min(found.tail);
                    self.bar.set_message(format!("lcmcr: R̂ {:.3}, {worth:.0} effective draws", found.rhat));
                }
            }
        }
        !self.stopping.asked()
    }

    fn keep(&self, name: &str, chains: &Unfinished) {
        let Some(path) = self.path(name) else { return };
        let written = write_whole_with(&path, |out| Ok(serde_json::to_writer(out, chains)?));
        if let Err(failure) = written {
            complain(&format!("what chains have done is not kept: {}", failure.message()));
        }
    }

    fn kept(&self, name: &str) -> Option<Unfinished> {
        let path = self.path(name)?;
        let bytes = std::fs::read(&path).ok()?;
        match serde_json::from_slice::<Unfinished>(&bytes) {
            Ok(kept) => {
                complain(&format!("going on from {} sweeps, kept in {}", kept.sweeps, path.display()));
                Some(kept)
            }
            Err(cause) => {
                complain(&format!("{} cannot be read ({cause}); chains begin anew", path.display()));
                None
            }
        }
    }

    fn finished(&self, name: &str) {
        // A file that stays is taken for work to go on with only where the same is asked again, and is then finished.
        let _ = self.path(name).map(std::fs::remove_file);
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
        // Stays where something in it is unfinished.
        let _ = self.kept.as_ref().map(std::fs::remove_dir);
    }
}
