//! Keys: locked, lost, changed, stolen. docs/keys.md tells the same to people.

use std::fs;

use sijil_archive::{Archive, Error, Passphrase, Settings, VerifyOptions, verify};

use crate::support::{add, assert_sound, author, clock, copy, folder, make};

fn locked() -> Settings {
    Settings { key_passphrase: Some(Passphrase::new("words")), work_factor: Some(4), ..Settings::default() }
}

#[test]
fn a_locked_key_reads_but_does_not_write() {
    let folder = folder();
    let mut archive = Archive::create(&folder.path, &locked(), &clock).unwrap();
    add(&mut archive, 0..2);
    let secret = fs::read(folder.path.join(format!("keys/{}.secret", archive.origin()))).unwrap();
    assert!(secret.starts_with(b"age-encryption.org/v1\n-> scrypt "));
    let mut archive = Archive::open(&folder.path, None).unwrap();
    assert!(!archive.can_write() && archive.entry(&archive.origin().clone(), 1).is_ok());
    assert!(matches!(archive.begin(&clock).err(), Some(Error::Locked { .. })));
    assert!(matches!(
        Archive::open(&folder.path, Some(&Passphrase::new("other"))).err(),
        Some(Error::WrongPassphrase { .. })
    ));
    let mut archive = Archive::open(&folder.path, Some(&Passphrase::new("words"))).unwrap();
    add(&mut archive, 2..3);
    assert_sound(&folder.path);
}

#[test]
fn a_lost_key_leaves_a_register_to_read() {
    let folder = folder();
    let mut archive = make(&folder.path);
    add(&mut archive, 0..2);
    fs::remove_file(folder.path.join(format!("keys/{}.secret", archive.origin()))).unwrap();
    let mut archive = Archive::open(&folder.path, None).unwrap();
    assert_eq!(archive.size().unwrap(), 4);
    let error = archive.begin(&clock).err().unwrap();
    assert!(matches!(error, Error::KeyLost { .. }) && error.to_string().contains("docs/keys.md"), "{error}");
    let report = assert_sound(&folder.path);
    assert!(report.notes.iter().any(|note| note.cause.contains("secret key is not here")));
    // The way on: a new register, which receives the old one.
    let next = crate::support::folder();
    let mut new = make(&next.path);
    let mut batch = new.begin(&clock).unwrap();
    batch.receive(&folder.path, None).unwrap();
    batch.commit().unwrap();
    assert_eq!(new.entries_in_order(0).unwrap().count(), 2 + 4);
    assert_sound(&next.path);
}

#[test]
fn a_changed_key_signs_and_the_old_one_does_not() {
    let folder = folder();
    let mut archive = make(&folder.path);
    add(&mut archive, 0..2);
    let origin = archive.origin().clone();
    let before = archive.checkpoint(&origin).unwrap().text.clone();
    let old_print = archive.fingerprint(&origin).unwrap();
    let old_copy = crate::support::folder();
    copy(&folder.path, &old_copy.path);
    let mut batch = archive.begin(&clock).unwrap();
    let new_print = batch.change_key(None, "a new laptop", &author(), None).unwrap();
    batch.commit().unwrap();
    assert_eq!(archive.fingerprint(&origin).unwrap(), new_print);
    assert_ne!(new_print, old_print);
    add(&mut archive, 2..4);
    // Another program that still holds the old key takes up the new one.
    let mut second = Archive::open(&folder.path, None).unwrap();
    add(&mut second, 4..5);
    let mut batch = second.begin(&clock).unwrap();
    batch.change_key(None, "again", &author(), None).unwrap();
    batch.commit().unwrap();
    add(&mut archive, 5..6);
    assert_sound(&folder.path);
    // What the old key signed at its time still stands.
    let report = verify(&folder.path, &VerifyOptions { against: Some(before), ..Default::default() });
    assert!(report.is_sound(), "{:?}", report.findings);
    assert!(report.logs[0].doubtful.is_empty());
    // What it signs beyond the handover does not: a thief continues the old copy with the old key.
    let mut thief = Archive::open(&old_copy.path, None).unwrap();
    add(&mut thief, 50..60);
    let forged = fs::read(old_copy.path.join(format!("log/{origin}/checkpoint"))).unwrap();
    let forged = String::from_utf8(forged).unwrap();
    let report = verify(&folder.path, &VerifyOptions { against: Some(forged), ..Default::default() });
    assert!(!report.is_sound());
}

#[test]
fn a_stolen_key_leaves_doubt_where_it_was_stolen() {
    let folder = folder();
    let mut archive = make(&folder.path);
    add(&mut archive, 0..2);
    let trusted_to = archive.size().unwrap();
    add(&mut archive, 2..5);
    let mut batch = archive.begin(&clock).unwrap();
    batch
        .change_key(Some(trusted_to), "the laptop was taken at a checkpoint on the road", &author(), None)
        .unwrap();
    batch.commit().unwrap();
    let report = assert_sound(&folder.path);
    let doubtful = &report.logs[0].doubtful;
    assert_eq!(doubtful.len(), 1);
    assert!(doubtful[0].start == trusted_to && doubtful[0].contains(&(trusted_to + 3)));
    let revocations = archive.revocations().unwrap();
    assert_eq!((revocations.len(), revocations[0].trusted_to), (1, trusted_to));
}

#[test]
fn a_revoked_origin_is_not_heard_beyond_what_is_trusted() {
    let (here, there) = (folder(), folder());
    let (mut ours, mut theirs) = (make(&here.path), make(&there.path));
    add(&mut theirs, 0..2);
    let mut batch = ours.begin(&clock).unwrap();
    batch.receive(&there.path, None).unwrap();
    batch.commit().unwrap();
    let their_size = theirs.size().unwrap();
    let mut batch = ours.begin(&clock).unwrap();
    batch.revoke(theirs.origin(), their_size, "arrested; the phone is in other hands", &author()).unwrap();
    batch.commit().unwrap();
    let mut batch = ours.begin(&clock).unwrap();
    batch.receive(&there.path, None).unwrap();
    drop(batch);
    add(&mut theirs, 2..3);
    let mut batch = ours.begin(&clock).unwrap();
    let error = batch.receive(&there.path, None).unwrap_err();
    assert!(matches!(error, Error::Revoked { .. }), "{error}");
    drop(batch);
    assert_sound(&here.path);
    // A key that the revoked one hands over to is no better: a thief could hand over too.
    let mut batch = theirs.begin(&clock).unwrap();
    batch.change_key(Some(their_size), "released, new phone", &author(), None).unwrap();
    batch.commit().unwrap();
    let mut batch = ours.begin(&clock).unwrap();
    assert!(matches!(batch.receive(&there.path, None), Err(Error::Revoked { .. })));
}

#[test]
fn a_wrong_secret_is_noticed() {
    let (folder, other) = (folder(), crate::support::folder());
    let (archive, stranger) = (make(&folder.path), make(&other.path));
    let secret = fs::read(other.path.join(format!("keys/{}.secret", stranger.origin()))).unwrap();
    fs::write(folder.path.join(format!("keys/{}.secret", archive.origin())), secret).unwrap();
    let mut archive = Archive::open(&folder.path, None).unwrap();
    assert!(matches!(archive.begin(&clock).err(), Some(Error::Damaged { .. })));
    assert!(!crate::support::check(&folder.path).is_sound());
}
