//! A person's data is destroyed on purpose: the proofs stay, the name goes, and the log says so.

use serde_json::{Value, json};
use sijil_archive::{
    Archive, Body, Destruction, Digest, EntryRef, ErasedItem, Erasure, Error, Replacement, check_proof_text,
};

use crate::support::{add, assert_sound, author, clock, folder, holds, make};

const NAME: &str = "سلمى الزيتوني";

/// Adds a document that names her, and a claim about it. Returns the entry and the blob.
fn name_her(archive: &mut Archive, number: u64) -> (EntryRef, Digest) {
    let mut batch = archive.begin(&clock).unwrap();
    let blob = batch.put_evidence(format!("وثيقة {number}: قُتلت {NAME} في تل الزيتون").as_bytes()).unwrap();
    let index = batch.append("claim.made", json!({"document": blob, "person": NAME}), &author()).unwrap();
    let entry = EntryRef::new(batch.archive().origin(), index);
    batch.commit().unwrap();
    (entry, blob)
}

fn erase(archive: &mut Archive, entries: &[Erasure], blobs: &[Destruction]) -> Vec<u64> {
    let mut batch = archive.begin(&clock).unwrap();
    let written = batch.erase(entries, blobs, "consent withdrawn", &author()).unwrap();
    batch.commit().unwrap();
    written
}

fn replaced(entry: &EntryRef, replacement: Value) -> Erasure {
    Erasure { entry: entry.clone(), replacement: Some(replacement) }
}

#[test]
fn the_name_is_in_no_byte_and_every_proof_holds() {
    let folder = folder();
    let mut archive = make(&folder.path);
    add(&mut archive, 0..5);
    let named: Vec<_> = (0..4).map(|number| name_her(&mut archive, number)).collect();
    let origin = archive.origin().clone();
    let key = archive.key(&origin).unwrap().clone();
    let proofs: Vec<(Vec<u8>, String)> = (0..archive.size().unwrap())
        .map(|index| {
            (archive.leaf(&origin, index).unwrap(), archive.proof(&origin, index).unwrap().to_text())
        })
        .collect();
    let before = archive.checkpoint(&origin).unwrap().clone();
    assert!(holds(&folder.path, NAME.as_bytes()).is_some());

    let mut batch = archive.begin(&clock).unwrap();
    let redacted = batch.put_evidence("وثيقة: قُتلت ▇▇▇ في تل الزيتون".as_bytes()).unwrap();
    let entries: Vec<Erasure> = named
        .iter()
        .map(|(entry, _)| replaced(entry, json!({"document": redacted, "person": null})))
        .collect();
    let blobs: Vec<Destruction> =
        named.iter().map(|(_, old)| Destruction { old: *old, new: Some(redacted) }).collect();
    let written = batch.erase(&entries, &blobs, "consent withdrawn", &author()).unwrap();
    batch.commit().unwrap();

    assert_eq!(holds(&folder.path, NAME.as_bytes()), None);
    assert_eq!(holds(&folder.path, NAME.split(' ').next().unwrap().as_bytes()), None);
    for (leaf, text) in &proofs {
        check_proof_text(text, leaf, &key).unwrap();
    }
    let path = archive.consistency_proof(&origin, before.size, archive.size().unwrap()).unwrap();
    let root = archive.checkpoint(&origin).unwrap().root;
    let size = archive.size().unwrap();
    assert!(sijil_archive::verify_consistency(before.size, size, &path, &before.root, &root));

    let again = Archive::open(&folder.path, None).unwrap();
    for (entry, blob) in &named {
        let read = again.entry(&entry.origin, entry.index).unwrap();
        let replacement =
            Replacement { author: author(), data: json!({"document": redacted, "person": null}) };
        let by = EntryRef::new(&origin, written[0]);
        assert_eq!(read.body, Body::Erased { by, replacement: Some(replacement) });
        assert!(matches!(again.evidence(blob), Err(Error::NoEvidence { erased: true, .. })));
    }
    let report = assert_sound(&folder.path);
    assert!(report.notes.is_empty());
    let bodies = report
        .erased
        .iter()
        .filter(|item| matches!(item, ErasedItem::Body { why, .. } if why == "consent withdrawn"));
    assert_eq!(bodies.count(), 4);
    let evidence = report
        .erased
        .iter()
        .filter(|item| matches!(item, ErasedItem::Evidence { new, .. } if *new == Some(redacted)));
    assert_eq!(evidence.count(), 4);
}

#[test]
fn a_guess_cannot_be_tested_against_a_leaf() {
    let folder = folder();
    let mut archive = make(&folder.path);
    let (entry, _) = name_her(&mut archive, 1);
    let pack = folder.path.join(format!("bodies/{}/000000000001.pack", entry.origin));
    let line = std::fs::read_to_string(&pack).unwrap().lines().next().unwrap().to_owned();
    let salt = serde_json::from_str::<Value>(&line).unwrap()["salt"].as_str().unwrap().to_owned();
    erase(&mut archive, &[Erasure { entry, replacement: None }], &[]);
    assert_eq!(holds(&folder.path, salt.as_bytes()), None, "the salt goes with the body");
}

#[test]
fn a_replacement_is_erased_in_its_turn() {
    let folder = folder();
    let mut archive = make(&folder.path);
    let (first, _) = name_her(&mut archive, 1);
    let (second, blob) = name_her(&mut archive, 2);
    let partly = json!({"person": format!("{NAME} (2)")});
    erase(
        &mut archive,
        &[replaced(&first, json!({"person": "kept"})), replaced(&second, partly)],
        &[Destruction { old: blob, new: None }],
    );
    assert!(holds(&folder.path, format!("{NAME} (2)").as_bytes()).is_some());
    let written = erase(&mut archive, &[replaced(&second, json!({"person": null}))], &[]);
    assert_eq!(holds(&folder.path, format!("{NAME} (2)").as_bytes()), None);
    let by = EntryRef::new(archive.origin(), written[0]);
    let read = |entry: &EntryRef| archive.entry(&entry.origin, entry.index).unwrap();
    assert_eq!(
        read(&first).content().unwrap().1,
        &json!({"person": "kept"}),
        "what the superseded erasure said still holds"
    );
    assert_eq!(read(&second).content().unwrap().1, &json!({"person": null}));
    assert!(matches!(read(&first).body, Body::Erased { by: named, .. } if named == by));
    assert_sound(&folder.path);
}

#[test]
fn many_bodies_fit_several_entries() {
    let folder = folder();
    let mut archive = make(&folder.path);
    let added = add(&mut archive, 0..40);
    let origin = archive.origin().clone();
    let long = "ب".repeat(2_000);
    let entries: Vec<Erasure> = added
        .iter()
        .map(|(index, _)| replaced(&EntryRef::new(&origin, *index), json!({ "text": long })))
        .collect();
    let written = erase(&mut archive, &entries, &[]);
    assert!(written.len() > 1);
    for (index, _) in added {
        assert_eq!(archive.entry(&origin, index).unwrap().content().unwrap().1["text"], json!(long));
    }
    assert_sound(&folder.path);
}

#[test]
fn what_cannot_be_erased() {
    let folder = folder();
    let mut archive = make(&folder.path);
    add(&mut archive, 0..1);
    let origin = archive.origin().clone();
    let mut batch = archive.begin(&clock).unwrap();
    let mut refuse = |index: u64| {
        let entry = EntryRef::new(&origin, index);
        batch.erase(&[Erasure { entry, replacement: None }], &[], "why", &author()).err().unwrap()
    };
    assert!(matches!(refuse(0), Error::NotErasable { .. }), "origin.made");
    assert!(matches!(refuse(2), Error::NotErasable { .. }), "evidence.kept");
    assert!(matches!(refuse(3), Error::NoEntry { .. }));
    let blob = Destruction { old: Digest::of(b"x"), new: Some(Digest::of(b"never stored")) };
    assert!(matches!(batch.erase(&[], &[blob], "why", &author()), Err(Error::NoEvidence { .. })));
}

#[test]
fn destroyed_evidence_may_come_again() {
    let folder = folder();
    let mut archive = make(&folder.path);
    let (_, blob) = add(&mut archive, 0..1)[0];
    erase(&mut archive, &[], &[Destruction { old: blob, new: None }]);
    assert!(archive.evidence(&blob).is_err());
    add(&mut archive, 0..1);
    assert!(archive.evidence(&blob).is_ok(), "added again after it was erased, by somebody who meant it");
    assert_sound(&folder.path);
}
