//! Which statements belong to a number: those of the same harm, class and status, said in the ways that are asked for.

use sijil_model::claim::Stands;
use sijil_model::codebook::{Class, Harm, Status};

use crate::incident::{Statement, StatusFrom, Telling};

/// Which statements belong to a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key {
    pub harm: Harm,
    pub class: Class,
    pub status: Option<Status>,
    pub said: Said,
}

/// By whom, and how, what belongs to a cell is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    /// In any way but as a party's position.
    Anyhow,
    /// By documents; nothing that rules inferred.
    Stated,
    /// By documents, in words for the status itself.
    InWords,
    /// As the position of a party.
    AsPosition,
}

impl Said {
    fn is_way_of<T>(self, statement: &Statement<T>) -> bool {
        let inferred = statement.inferred.is_some();
        match (self, statement.status_from) {
            (Said::AsPosition, from) => from == StatusFrom::Position,
            (_, StatusFrom::Position) => false,
            (Said::Anyhow, _) => true,
            (Said::Stated, _) => !inferred,
            (Said::InWords, from) => from == StatusFrom::Words && !inferred,
        }
    }
}

impl Key {
    /// Whether a statement is of exactly this cell.
    pub(crate) fn is<T>(self, statement: &Statement<T>) -> bool {
        statement.harm == self.harm
            && statement.class == self.class
            && statement.status == self.status
            && self.said.is_way_of(statement)
    }

    /// Whether a later statement of the same origin gives the toll of which a telling said this cell. "Nine civilians" is
    /// the whole toll where nothing else is told beside it; "four of them civilians" is a part and stands.
    pub(crate) fn is_told_anew<T>(self, telling: &Telling<T>, later: &Statement<T>) -> bool {
        let of_toll = |s: &Statement<T>| s.harm == self.harm && s.class == self.class && s.status.is_none();
        // A sum that was inferred is nothing told beside it.
        let inferred = |s: &Statement<T>| s.status.is_none() && s.inferred.is_some();
        let own =
            |s: &Statement<T>| s.harm == self.harm && s.class == self.class && !self.is(s) && !inferred(s);
        self.status == Some(Status::Civilian)
            && of_toll(later)
            && later.stands == Stands::Alone
            && later.inferred.is_none()
            && !telling.statements.iter().any(own)
            && telling.statements.iter().all(|s| !self.is(s) || s.stands == Stands::Alone)
    }

    /// Whether the people of a statement are people of this cell.
    pub(crate) fn covers<T>(self, statement: &Statement<T>) -> bool {
        let class = self.class == Class::Total
            || self.class == statement.class
            || (self.class == Class::Children && statement.class.is_children());
        let position = |said: bool| said == (statement.status_from == StatusFrom::Position);
        let status = self.status == statement.status && position(self.said == Said::AsPosition);
        class && (self.status.is_none() || status)
    }

    /// Whether a statement of unknown overlap may hold more people of this cell: the same harm, or killed or injured.
    pub(crate) fn may_hold<T>(self, statement: &Statement<T>) -> bool {
        let either =
            statement.harm == Harm::KilledOrInjured && matches!(self.harm, Harm::Killed | Harm::Injured);
        (statement.harm == self.harm || either) && self.covers(statement)
    }
}
