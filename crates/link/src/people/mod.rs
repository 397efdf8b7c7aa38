//! People: which rows of lists, or claims of documents, are about the same human being.

mod blocks;
mod cluster;
mod compare;
mod compared;
mod draws;
mod exclusive;
mod explain;
mod fit;
mod judged;
mod learnt;
mod levels;
mod linking;
mod lists;
mod look_alikes;
mod missed;
mod model;
mod moment;
mod outline;
mod pairs;
mod remembered;
mod rows;
mod spellings;
mod vocabulary;

pub use blocks::{RuleReport, proposing};
pub use compare::{Comparison, compare, in_words};
pub use draws::{Drawn, Draws, draws, who_is_who};
pub use exclusive::Edge;
pub use explain::{Reasons, explain};
pub use judged::{Contradiction, Judged};
pub use learnt::Learnt;
pub use levels::{Feature, Level};
pub use linking::{Linked, Settings, chance, link, link_as};
pub use look_alikes::{LookAlike, look_alikes};
pub use model::{CLASS_NAMES, Model, SHIPPED, Weights};
pub(crate) use moment::day_number;
pub use rows::{At, People, Record, Row, Rows, Unread};
