//! Releases of a made-up register: who stands behind them, what they tell, what they keep back, and how others check them.

mod check;
mod gate;
mod leak;
mod made;
mod recount;
mod release;
