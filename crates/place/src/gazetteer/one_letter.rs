//! Names at most one letter away from a wanted one, found by walking the automaton that holds all names.
//!
//! Up to the letter that differs such a name is the wanted one, and after it there is only one way to go on. So along the
//! wanted name each letter that any name goes on with is tried once, and what must follow it is followed byte by byte. The
//! trap this avoids: a search with an automaton of its own asks every byte that goes on from every node whether it may, also
//! after the letter that differs, and takes ten times as long.

use std::collections::BTreeMap;

use fst::raw::{Fst, Node, Output};

/// Where the automaton stands after some bytes.
#[derive(Clone, Copy)]
struct Reached<'a> {
    node: Node<'a>,
    output: Output,
}

/// The names at most one letter added, left out or another than in `wanted` that begin with its first letter, each with
/// its value, in order.
pub(super) fn one_letter_away<D: AsRef<[u8]>>(names: &Fst<D>, wanted: &str) -> BTreeMap<String, u64> {
    let walk = Walk { names };
    let mut found = BTreeMap::new();
    let mut so_far = Some(walk.start());
    for (at, letter) in wanted.char_indices() {
        let Some(here) = so_far else { return found };
        let (before, from_here) = wanted.split_at(at);
        let after = &from_here[letter.len_utf8()..];
        if at > 0 {
            keep(walk.value(here, after), || [before, after].concat(), &mut found);
            walk.letters(here, &mut |other, there| {
                for rest in [after, from_here] {
                    keep(walk.value(there, rest), || [before, other, rest].concat(), &mut found);
                }
            });
        }
        so_far = walk.follow(here, &from_here[..letter.len_utf8()]);
    }
    if let Some(end) = so_far.filter(|_| !wanted.is_empty()) {
        keep(walk.value(end, ""), || wanted.to_owned(), &mut found);
        walk.letters(end, &mut |other, there| {
            keep(walk.value(there, ""), || [wanted, other].concat(), &mut found);
        });
    }
    found
}

fn keep(value: Option<u64>, name: impl FnOnce() -> String, found: &mut BTreeMap<String, u64>) {
    if let Some(value) = value {
        found.insert(name(), value);
    }
}

/// Steps over the names of one automaton.
struct Walk<'a, D> {
    names: &'a Fst<D>,
}

impl<'a, D: AsRef<[u8]>> Walk<'a, D> {
    fn start(&self) -> Reached<'a> {
        Reached { node: self.names.root(), output: Output::zero() }
    }

    fn step(&self, from: Reached<'a>, transition: usize) -> (u8, Reached<'a>) {
        let taken = from.node.transition(transition);
        (taken.inp, Reached { node: self.names.node(taken.addr), output: from.output.cat(taken.out) })
    }

    /// Where these letters lead, if any name goes on with them.
    fn follow(&self, from: Reached<'a>, letters: &str) -> Option<Reached<'a>> {
        letters.bytes().try_fold(from, |here, byte| Some(self.step(here, here.node.find_input(byte)?).1))
    }

    /// The value of the name that ends with these letters, if there is one.
    fn value(&self, from: Reached<'a>, letters: &str) -> Option<u64> {
        let end = self.follow(from, letters).filter(|end| end.node.is_final())?;
        Some(end.output.cat(end.node.final_output()).value())
    }

    /// Tells each letter that a name goes on with, and where it leads.
    fn letters(&self, from: Reached<'a>, tell: &mut impl FnMut(&str, Reached<'a>)) {
        self.bytes_of_letter(from, &mut [0; 4], 0, tell);
    }

    fn bytes_of_letter(
        &self,
        from: Reached<'a>,
        bytes: &mut [u8; 4],
        read: usize,
        tell: &mut impl FnMut(&str, Reached<'a>),
    ) {
        for transition in 0..from.node.len() {
            let (byte, there) = self.step(from, transition);
            bytes[read] = byte;
            match std::str::from_utf8(&bytes[..=read]) {
                Ok(letter) => tell(letter, there),
                // A letter of more bytes; what four of them do not make is no text.
                Err(_) if read + 1 < bytes.len() => self.bytes_of_letter(there, bytes, read + 1, tell),
                Err(_) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use fst::MapBuilder;
    use proptest::prelude::*;

    use super::*;

    /// By trying every change, without looking at the automaton.
    fn is_one_away(wanted: &str, name: &str) -> bool {
        let (wanted, name): (Vec<char>, Vec<char>) = (wanted.chars().collect(), name.chars().collect());
        let without = |word: &[char], at: usize| -> Vec<char> { [&word[..at], &word[at + 1..]].concat() };
        wanted == name
            || (0..wanted.len()).any(|at| without(&wanted, at) == name)
            || (0..name.len()).any(|at| without(&name, at) == wanted)
            || wanted.len() == name.len()
                && (0..name.len()).any(|at| without(&name, at) == without(&wanted, at))
    }

    fn searched(names: &BTreeMap<String, u64>, wanted: &str) -> BTreeMap<String, u64> {
        let mut builder = MapBuilder::memory();
        names.iter().for_each(|(name, value)| builder.insert(name, *value).unwrap());
        one_letter_away(builder.into_map().as_fst(), wanted)
    }

    proptest! {
        #[test]
        fn it_finds_what_begins_alike_and_is_one_letter_away(
            names in prop::collection::btree_map("[abنهذ𐰀]{1,6}", any::<u64>(), 0..60),
            wanted in "[abنهذ𐰀]{0,6}",
        ) {
            let fits = |name: &String| {
                name.chars().next() == wanted.chars().next() && is_one_away(&wanted, name)
            };
            let expected: BTreeMap<String, u64> =
                names.iter().filter(|(name, _)| fits(name)).map(|(name, value)| (name.clone(), *value)).collect();
            prop_assert_eq!(searched(&names, &wanted), expected);
        }
    }

    #[test]
    fn a_name_of_any_length_is_looked_for() {
        let longest = "ن".repeat(200);
        let names = BTreeMap::from([(longest.clone(), 7), (longest[4..].to_owned(), 8)]);
        assert_eq!(searched(&names, &longest[2..]), names);
        assert_eq!(searched(&names, &longest[6..]).into_values().collect::<Vec<_>>(), [8]);
    }
}
