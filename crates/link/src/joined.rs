//! Groups that grow by joining two things at a time (union-find; Tarjan 1975, with path halving).

/// Things that are joined into groups; the lowest of a group stands for it.
#[derive(Debug, Clone)]
pub struct Joined(Vec<usize>);

impl Joined {
    /// So many things, each apart from the others.
    pub fn apart(count: usize) -> Joined {
        Joined((0..count).collect())
    }

    /// The lowest thing of a thing's group.
    pub fn first(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    /// Joins two things' groups; whether they were apart.
    pub fn join(&mut self, one: usize, other: usize) -> bool {
        let (one, other) = (self.first(one), self.first(other));
        self.0[one.max(other)] = one.min(other);
        one != other
    }
}

#[cfg(test)]
mod tests {
    use super::Joined;

    #[test]
    fn the_lowest_stands_for_a_group() {
        let mut joined = Joined::apart(6);
        assert!(joined.join(4, 5) && joined.join(2, 4) && !joined.join(5, 2));
        assert_eq!((0..6).map(|at| joined.first(at)).collect::<Vec<_>>(), [0, 1, 2, 3, 2, 2]);
    }
}
