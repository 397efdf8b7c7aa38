//! What a decision moved: figures before and after, side by side.

use sijil_count::{Figure, Tally};
use sijil_model::Language;

use crate::asking::{self, Saved};
use crate::failure::Failure;
use crate::session::Session;
use crate::stages::Stages;
use crate::terminal::say;

/// Every saved figure, and the total of the killed, as they stand.
pub struct Before {
    figures: Vec<(String, Figure)>,
}

impl Before {
    /// Counts them.
    pub fn of(session: &Session, stages: &Stages) -> Result<Self, Failure> {
        Ok(Self { figures: all(session, stages)? })
    }

    /// Counts them again and prints those that moved.
    pub fn tell_moved(self, session: &Session, stages: &Stages) -> Result<(), Failure> {
        let mut moved = 0;
        for ((title, before), (_, after)) in self.figures.into_iter().zip(all(session, stages)?) {
            if before.inside != after.inside || before.possibly_inside != after.possibly_inside {
                moved += 1;
                say(&format!("  {title}: {} → {}", numbers(&before), numbers(&after)));
                let (named_before, named_after) = (before.inside.named, after.inside.named);
                if named_before != named_after {
                    let [before, after] = [named_before, named_after].map(asking::named_in_words);
                    say(&format!("    named people: {before} → {after}"));
                }
            }
        }
        if moved == 0 {
            say("  no figure moved");
        }
        Ok(())
    }
}

fn all(session: &Session, stages: &Stages) -> Result<Vec<(String, Figure)>, Failure> {
    let view = session.register.view();
    let at = view.position()?;
    let mut figures =
        vec![("all killed".to_owned(), asking::answer(view, stages, &asking::standard(view)?, at)?)];
    for Saved { id, question, .. } in asking::saved(view)? {
        figures.push((id, asking::answer(view, stages, &question, at)?));
    }
    Ok(figures)
}

fn numbers(figure: &Figure) -> String {
    let tally = |tally: &Tally| asking::in_words(tally, Language::En);
    if figure.possibly_inside.incidents == 0 {
        return tally(&figure.inside);
    }
    format!("{}, possibly inside {}", tally(&figure.inside), tally(&figure.possibly_inside))
}
