//! What a decision moved: figures before and after, side by side.

use sijil_count::{Figure, Tally};
use sijil_model::Language;

use crate::asking::{self, Kept};
use crate::failure::Failure;
use crate::session::Session;
use crate::stages::Stages;
use crate::terminal::say;

/// The figures that the register keeps in view, as they stand.
pub struct Before {
    figures: Vec<(Kept, Figure)>,
}

impl Before {
    /// Counts them.
    pub fn of(session: &Session, stages: &Stages) -> Result<Self, Failure> {
        Ok(Self { figures: now(session, stages)? })
    }

    /// Counts them again and prints those that moved.
    pub fn tell_moved(self, session: &Session, stages: &Stages) -> Result<(), Failure> {
        let mut moved = 0;
        for ((kept, before), (_, after)) in self.figures.into_iter().zip(now(session, stages)?) {
            let (named_before, named_after) = (before.inside.named, after.inside.named);
            let (if_one_before, if_one_after) = (&before.as_one, &after.as_one);
            if before.inside == after.inside
                && before.possibly_inside == after.possibly_inside
                && if_one_before == if_one_after
            {
                continue;
            }
            moved += 1;
            let (then, now) = (numbers(&before), numbers(&after));
            let told = if then == now { format!("{now}, as before") } else { format!("{then} → {now}") };
            say(&format!("  {}: {told}", kept.name()));
            if named_before != named_after {
                let [before, after] = [named_before, named_after].map(asking::named_in_words);
                say(&format!("    known as people: {before} → {after}"));
            }
            if if_one_before != if_one_after {
                let nothing = || "no incident may be another".to_owned();
                say(&format!("    {}", if_one_after.as_ref().map_or_else(nothing, asking::as_one_in_words)));
            }
        }
        if moved == 0 {
            say("  no figure moved");
        }
        Ok(())
    }
}

fn now(session: &Session, stages: &Stages) -> Result<Vec<(Kept, Figure)>, Failure> {
    let view = session.register.view();
    asking::kept(view, stages, view.position()?)
}

fn numbers(figure: &Figure) -> String {
    let tally = |tally: &Tally| asking::in_words(tally, Language::En);
    if figure.possibly_inside.incidents == 0 {
        return tally(&figure.inside);
    }
    format!("{}, possibly inside {}", tally(&figure.inside), tally(&figure.possibly_inside))
}
