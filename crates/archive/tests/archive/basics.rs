//! A register is made, added to, read, proved.

use std::io::Read;

use serde_json::json;
use sijil_archive::{
    Archive, BODY_LIMIT, Body, Digest, Error, InclusionProof, Settings, check_proof_text, leaf_hash,
    verify_consistency, verify_inclusion,
};

use crate::support::{NOW, add, assert_sound, author, clock, document, files, folder, make};

#[test]
fn a_batch_is_read_back() {
    let folder = folder();
    let mut archive = make(&folder.path);
    let added = add(&mut archive, 0..10);
    let again = Archive::open(&folder.path, None).unwrap();
    assert_eq!(again.size().unwrap(), 12, "origin.made, ten documents, evidence.kept");
    for (number, (index, digest)) in (0..).zip(&added) {
        let entry = again.entry(again.origin(), *index).unwrap();
        assert_eq!((entry.kind.as_str(), entry.time), ("document.added", NOW - 30));
        let Body::Present { author: by, data } = entry.body else { panic!("erased") };
        assert_eq!((by, data), (author(), json!({"document": digest, "number": number})));
        assert_eq!(again.evidence(digest).unwrap(), document(number));
    }
    let origin = again.origin().clone();
    assert_eq!(again.batches(&origin).unwrap(), vec![0..1, 1..12]);
    assert_eq!(again.entries(&origin, 0..u64::MAX).count(), 12);
    assert_eq!(assert_sound(&folder.path).blobs, 10);
}

#[test]
fn evidence_is_stored_once_and_read_in_parts() {
    let folder = folder();
    let mut archive = make(&folder.path);
    let large: Vec<u8> = (0..3_000_000u32).flat_map(u32::to_be_bytes).collect();
    let mut batch = archive.begin(&clock).unwrap();
    let first = batch.put_evidence_from(large.as_slice()).unwrap();
    let second = batch.put_evidence(&large).unwrap();
    let empty = batch.put_evidence(b"").unwrap();
    assert_eq!((first, second), (Digest::of(&large), first));
    batch.commit().unwrap();
    let mut batch = archive.begin(&clock).unwrap();
    batch.put_evidence_from(large.as_slice()).unwrap();
    let before = batch.archive().size().unwrap();
    batch.commit().unwrap();
    assert_eq!(archive.size().unwrap(), before, "the same bytes twice change nothing");
    let mut read = Vec::new();
    archive.evidence_reader(&first).unwrap().read_to_end(&mut read).unwrap();
    assert_eq!(read, large);
    assert_eq!(archive.evidence(&empty).unwrap(), b"");
    assert!(matches!(archive.evidence(&Digest::of(b"?")), Err(Error::NoEvidence { erased: false, .. })));
    assert_sound(&folder.path);
}

#[test]
fn a_dropped_batch_leaves_no_trace() {
    let folder = folder();
    let mut archive = make(&folder.path);
    let before = files(&folder.path);
    let mut batch = archive.begin(&clock).unwrap();
    batch.put_evidence(b"one").unwrap();
    batch.put_evidence_from(&b"two"[..]).unwrap();
    batch.append("note.made", json!("x"), &author()).unwrap();
    drop(batch);
    assert_eq!(files(&folder.path), before);
    let batch = archive.begin(&clock).unwrap();
    assert_eq!(batch.commit().unwrap().size, 1, "an empty batch changes nothing");
    assert_eq!(files(&folder.path), before);
}

#[test]
fn what_cannot_be_an_entry_is_refused() {
    let folder = folder();
    let mut archive = make(&folder.path);
    let mut batch = archive.begin(&clock).unwrap();
    let text = "ا".repeat(BODY_LIMIT / 2);
    let error = batch.append("note.made", json!(text), &author()).unwrap_err();
    assert!(error.to_string().contains("store it as a blob and name its hash"), "{error}");
    batch.append("note.made", json!(text[..BODY_LIMIT - 100]), &author()).unwrap();
    assert!(matches!(batch.append("note.made", json!(0.5), &author()), Err(Error::NotCanonical { .. })));
    assert!(matches!(batch.append("Note made", json!(1), &author()), Err(Error::BadKind { .. })));
    assert!(matches!(batch.append("body.erased", json!(1), &author()), Err(Error::OwnKind { .. })));
    batch.commit().unwrap();
    assert_eq!(archive.size().unwrap(), 2);
    assert_sound(&folder.path);
}

#[test]
fn leaves_tell_nothing() {
    let folder = folder();
    let mut archive = make(&folder.path);
    let mut batch = archive.begin(&clock).unwrap();
    for _ in 0..2 {
        batch.append("note.made", json!("اسم مستعار"), &author()).unwrap();
    }
    batch.commit().unwrap();
    let origin = archive.origin().clone();
    let leaves: Vec<String> =
        (1..3).map(|index| String::from_utf8(archive.leaf(&origin, index).unwrap()).unwrap()).collect();
    assert_ne!(leaves[0], leaves[1], "the same body commits differently each time");
    for leaf in leaves {
        assert!(!leaf.contains("مستعار") && !leaf.contains("recorder"), "{leaf}");
    }
}

#[test]
fn proofs_travel_as_text() {
    let folder = folder();
    let mut archive = make(&folder.path);
    for start in [0, 100, 250, 251] {
        add(&mut archive, start..start + 100);
    }
    let origin = archive.origin().clone();
    let key = archive.key(&origin).unwrap().clone();
    let size = archive.size().unwrap();
    for index in 0..size {
        let leaf = archive.leaf(&origin, index).unwrap();
        let text = archive.proof(&origin, index).unwrap().to_text();
        check_proof_text(&text, &leaf, &key).unwrap();
        let proof = InclusionProof::parse(&text).unwrap();
        assert_eq!(proof.to_text(), text);
        let root = proof.checkpoint.root;
        assert!(verify_inclusion(&leaf_hash(&leaf), index, size, &proof.path, &root));
        assert!(check_proof_text(&text, b"another leaf", &key).is_err());
        for old in [0, index] {
            let path = archive.consistency_proof(&origin, old, size).unwrap();
            assert!(verify_consistency(old, size, &path, &archive.root_at(&origin, old).unwrap(), &root));
        }
    }
    let text = archive.proof(&origin, 7).unwrap().to_text();
    assert!(text.starts_with("c2sp.org/tlog-proof@v1\nindex 7\n"));
    for wrong in [text.replace("index 7", "index 07"), text.replace("@v1", "@v2"), format!("{text}\n")] {
        assert!(InclusionProof::parse(&wrong).is_err());
    }
    assert!(archive.inclusion_proof(&origin, size, size).is_err());
    assert!(archive.consistency_proof(&origin, 0, size + 1).is_err());
}

#[test]
fn readers_notice_appends() {
    let folder = folder();
    let mut writer = make(&folder.path);
    let mut reader = Archive::open(&folder.path, None).unwrap();
    assert!(!reader.refresh().unwrap());
    add(&mut writer, 0..300);
    assert_eq!(reader.size().unwrap(), 1, "a reader stays where it is until it looks again");
    assert!(reader.entry(&reader.origin().clone(), 0).is_ok(), "a wider tile serves the old size too");
    assert!(reader.refresh().unwrap());
    assert_eq!(reader.size().unwrap(), 302);
}

#[test]
fn views_are_stored_whole() {
    let folder = folder();
    let archive = make(&folder.path);
    archive.put_sealed_file("register.db", b"SQLite").unwrap();
    assert_eq!(archive.get_sealed_file("register.db").unwrap().unwrap(), b"SQLite");
    assert_eq!(archive.get_sealed_file("other").unwrap(), None);
    for wrong in ["", "../origin", "a/b", ".hidden"] {
        assert!(matches!(archive.put_sealed_file(wrong, b""), Err(Error::BadName { .. })), "{wrong}");
    }
    assert_sound(&folder.path);
}

#[test]
fn a_register_is_made_only_where_nothing_is() {
    let folder = folder();
    make(&folder.path);
    let error = Archive::create(&folder.path, &Settings::default(), &clock).err().unwrap();
    assert!(matches!(error, Error::NotEmpty { .. }));
    let error = Archive::open(folder.path.parent().unwrap(), None).err().unwrap();
    assert!(error.to_string().contains("sijil init"), "{error}");
}
