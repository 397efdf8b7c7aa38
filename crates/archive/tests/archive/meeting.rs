//! Two registers meet by exchanging folders.

use std::path::Path;

use serde_json::json;
use sijil_archive::{Archive, Body, Destruction, EntryRef, Erasure, Error, Received, Reception};

use crate::support::{add, assert_sound, author, clock, copy, document, folder, make};

fn receive(archive: &mut Archive, other: &Path) -> Result<Reception, Error> {
    let mut batch = archive.begin(&clock)?;
    let reception = batch.receive(other, None)?;
    batch.commit()?;
    Ok(reception)
}

/// Positions, origins and indices in the order in which they count.
fn order(archive: &Archive) -> Vec<(u64, bool, u64)> {
    let placed = archive.entries_in_order(0).unwrap().map(Result::unwrap);
    placed
        .map(|placed| (placed.position, placed.entry.origin == *archive.origin(), placed.entry.index))
        .collect()
}

#[test]
fn both_directions() {
    let (here, there) = (folder(), folder());
    let (mut ours, mut theirs) = (make(&here.path), make(&there.path));
    add(&mut ours, 0..3);
    add(&mut theirs, 2..6);
    let reception = receive(&mut ours, &there.path).unwrap();
    assert_eq!(reception.logs, vec![(theirs.origin().clone(), Received::New { from: 0, to: 6 })]);
    assert_eq!(reception.blobs, 3, "document 2 was here already");
    let reception = receive(&mut theirs, &here.path).unwrap();
    assert_eq!(
        reception
            .logs
            .iter()
            .map(|(_, received)| received.clone())
            .max_by_key(|received| *received == Received::Ours),
        Some(Received::Ours)
    );
    assert!(reception.logs.contains(&(ours.origin().clone(), Received::New { from: 0, to: 6 })));
    for (archive, other) in [(&ours, &theirs), (&theirs, &ours)] {
        assert_sound(archive.folder());
        let entry = archive.entry(other.origin(), 1).unwrap();
        assert_eq!(entry, other.entry(other.origin(), 1).unwrap(), "as received");
        for number in 0..6 {
            assert_eq!(
                archive.evidence(&sijil_archive::Digest::of(&document(number))).unwrap(),
                document(number)
            );
        }
    }
    assert_eq!(receive(&mut ours, &there.path).unwrap().logs.len(), 2);
    let size = ours.size().unwrap();
    receive(&mut ours, &there.path).unwrap();
    assert_eq!(ours.size().unwrap(), size, "nothing new, nothing said");
}

#[test]
fn state_is_ours_and_what_ours_has_seen() {
    let (here, there) = (folder(), folder());
    let (mut ours, mut theirs) = (make(&here.path), make(&there.path));
    add(&mut theirs, 0..1);
    receive(&mut ours, &there.path).unwrap();
    add(&mut ours, 10..11);
    add(&mut theirs, 1..2);
    assert_eq!(ours.seen_at(1).unwrap().len(), 0);
    receive(&mut ours, &there.path).unwrap();
    let expected = vec![
        (0, true, 0),
        (1, true, 1), // log.seen, and what it reveals:
        (1, false, 0),
        (1, false, 1),
        (1, false, 2),
        (2, true, 2),
        (3, true, 3),
        (4, true, 4), // log.seen again
        (4, false, 3),
        (4, false, 4),
    ];
    assert_eq!(order(&ours), expected);
    for from in 0..=5 {
        let rest: Vec<_> =
            ours.entries_in_order(from).unwrap().map(|placed| placed.unwrap().position).collect();
        let wanted: Vec<_> =
            expected.iter().map(|(position, ..)| *position).filter(|position| *position >= from).collect();
        assert_eq!(rest, wanted, "from {from}");
    }
    let seen: Vec<u64> = (0..=5).map(|position| ours.seen_at(position).unwrap().values().sum()).collect();
    assert_eq!(seen, [0, 0, 3, 3, 3, 5]);
}

#[test]
fn a_fork_is_refused_loudly() {
    let (here, there, copied) = (folder(), folder(), folder());
    let (mut ours, mut theirs) = (make(&here.path), make(&there.path));
    add(&mut theirs, 0..3);
    copy(&there.path, &copied.path);
    add(&mut theirs, 3..5);
    receive(&mut ours, &there.path).unwrap();
    let mut twin = Archive::open(&copied.path, None).unwrap();
    for count in [1, 2, 7] {
        add(&mut twin, 50 + count..50 + 2 * count);
        let error = receive(&mut ours, &copied.path).unwrap_err();
        assert!(matches!(error, Error::Forked { .. }), "{error}");
        assert!(error.to_string().starts_with("FORK"));
    }
    assert_eq!(assert_sound(&here.path).notes, vec![]);
    add(&mut ours, 0..1);
}

#[test]
fn an_older_copy_changes_nothing_and_ours_must_not_be_older() {
    let (here, there, copied) = (folder(), folder(), folder());
    let (mut ours, mut theirs) = (make(&here.path), make(&there.path));
    add(&mut theirs, 0..3);
    copy(&there.path, &copied.path);
    add(&mut theirs, 3..5);
    receive(&mut ours, &there.path).unwrap();
    let reception = receive(&mut ours, &copied.path).unwrap();
    assert_eq!(reception.logs, vec![(theirs.origin().clone(), Received::Older)]);
    // The register that was restored from an old copy meets one that knows more of it than it does itself.
    let mut restored = Archive::open(&copied.path, None).unwrap();
    let error = receive(&mut restored, &here.path).unwrap_err();
    assert!(matches!(error, Error::RolledBack { .. }), "{error}");
}

#[test]
fn damage_is_not_received() {
    let (here, there) = (folder(), folder());
    let (mut ours, mut theirs) = (make(&here.path), make(&there.path));
    add(&mut theirs, 0..3);
    let origin = theirs.origin().as_str().to_owned();
    let files = crate::support::files(&there.path);
    let mut tried = 0;
    for file in
        files.iter().filter(|file| !file.ends_with("lock") && !file.to_string_lossy().contains("secret"))
    {
        let original = std::fs::read(file).unwrap();
        let mut changed = original.clone();
        let middle = changed.len() / 2;
        changed[middle] ^= 1;
        std::fs::write(file, changed).unwrap();
        let result = receive(&mut ours, &there.path);
        // Their level-0 tile is not needed: our own is made from the entries that the signature covers.
        assert!(
            result.is_err() || file.ends_with(format!("log/{origin}/tile/0/000.p/5")),
            "{}",
            file.display()
        );
        std::fs::write(file, original).unwrap();
        assert_sound(&here.path);
        tried += 1;
    }
    assert!(tried >= 8);
    receive(&mut ours, &there.path).unwrap();
    assert_sound(&here.path);
}

#[test]
fn what_they_erase_goes_here_too() {
    let (here, there) = (folder(), folder());
    let (mut ours, mut theirs) = (make(&here.path), make(&there.path));
    let added = add(&mut theirs, 0..3);
    add(&mut ours, 1..2); // ours too: their erasure does not reach it
    receive(&mut ours, &there.path).unwrap();
    let their_origin = theirs.origin().clone();
    let mut batch = theirs.begin(&clock).unwrap();
    let entries: Vec<Erasure> = added[..2]
        .iter()
        .map(|(index, _)| Erasure {
            entry: EntryRef::new(&their_origin, *index),
            replacement: Some(json!("x")),
        })
        .collect();
    let blobs: Vec<Destruction> =
        added[..2].iter().map(|(_, old)| Destruction { old: *old, new: None }).collect();
    batch.erase(&entries, &blobs, "withdrawn", &author()).unwrap();
    batch.commit().unwrap();
    receive(&mut ours, &there.path).unwrap();
    assert_sound(&here.path);
    let entry = ours.entry(&their_origin, added[0].0).unwrap();
    assert!(matches!(&entry.body, Body::Erased { by, .. } if by.origin == their_origin));
    assert_eq!(entry.content().unwrap().1, &json!("x"));
    assert!(ours.evidence(&added[0].1).is_err(), "only theirs");
    assert!(ours.evidence(&added[1].1).is_ok(), "ours as well");
}

#[test]
fn we_may_erase_what_we_received() {
    let (here, there, third) = (folder(), folder(), folder());
    let (mut ours, mut theirs) = (make(&here.path), make(&there.path));
    let added = add(&mut theirs, 0..3);
    receive(&mut ours, &there.path).unwrap();
    let entry = EntryRef::new(theirs.origin(), added[0].0);
    let mut batch = ours.begin(&clock).unwrap();
    let erasure = Erasure { entry: entry.clone(), replacement: None };
    batch.erase(&[erasure], &[Destruction { old: added[0].1, new: None }], "asked here", &author()).unwrap();
    batch.commit().unwrap();
    assert!(ours.evidence(&added[0].1).is_err());
    assert_sound(&here.path);
    add(&mut theirs, 3..4);
    receive(&mut ours, &there.path).unwrap();
    assert!(ours.evidence(&added[0].1).is_err(), "it does not come back");
    assert_sound(&here.path);
    // A third register that hears it from us gets it erased, and the whole from them changes nothing.
    let mut other = make(&third.path);
    assert_eq!(receive(&mut other, &here.path).unwrap().logs.len(), 2);
    assert!(matches!(other.entry(&entry.origin, entry.index).unwrap().body, Body::Erased { .. }));
    assert_sound(&third.path);
    receive(&mut other, &there.path).unwrap();
    assert_sound(&third.path);
}
