//! Our log is read by an independent implementation of the same formats: the `tlog_tiles` crate.

use serde_json::json;
use sijil_archive::{Archive, OriginId};
use tlog_tiles::tile::Tile;
use tlog_tiles::tlog::{
    Error, Hash, HashReader, check_record, check_tree, prove_record, prove_tree, record_hash,
    split_stored_hash_index, tree_hash,
};

use crate::support::{author, clock, folder, make};

/// Reads hashes through the tiles on disk, by that crate's own names and offsets.
struct OnDisk<'a> {
    archive: &'a Archive,
    origin: OriginId,
    size: u64,
}

impl HashReader for OnDisk<'_> {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, Error> {
        let read = |index: &u64| {
            let tile = Tile::from_index(8, *index);
            let (level, number) = (tile.level(), tile.level_index());
            let width = ((self.size >> (8 * level)) - number * 256).min(256);
            let tile = Tile::new(8, level, number, u32::try_from(width).unwrap(), false);
            // That crate names tiles as Go's checksum database does (tile/8/0/…); C2SP leaves the height out.
            let path = tile.path().replacen("tile/8/", "tile/", 1);
            let file = self.archive.folder().join("log").join(self.origin.as_str()).join(path);
            let bytes = std::fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            assert!(split_stored_hash_index(*index).1 < self.size);
            tile.hash_at_index(&bytes, *index)
        };
        indexes.iter().map(read).collect()
    }
}

#[test]
fn roots_and_proofs_agree() {
    let folder = folder();
    let mut archive = make(&folder.path);
    let origin = archive.origin().clone();
    let mut roots = Vec::new();
    for count in [1, 3, 250, 1, 2, 254, 1, 400] {
        let mut batch = archive.begin(&clock).unwrap();
        for number in 0..count {
            batch.append("note.made", json!(number), &author()).unwrap();
        }
        let checkpoint = batch.commit().unwrap();
        let reader = OnDisk { archive: &archive, origin: origin.clone(), size: checkpoint.size };
        let root = tree_hash(checkpoint.size, &reader).unwrap();
        assert_eq!(&root.0, checkpoint.root.as_bytes(), "size {}", checkpoint.size);
        for index in (0..checkpoint.size).step_by(37) {
            let theirs = prove_record(checkpoint.size, index, &reader).unwrap();
            let ours = archive.inclusion_proof(&origin, index, checkpoint.size).unwrap();
            assert_eq!(
                theirs.iter().map(|hash| hash.0).collect::<Vec<_>>(),
                ours.iter().map(|hash| *hash.as_bytes()).collect::<Vec<_>>()
            );
            let leaf = record_hash(&archive.leaf(&origin, index).unwrap());
            let ours: Vec<Hash> = ours.iter().map(|hash| Hash(*hash.as_bytes())).collect();
            check_record(&ours, checkpoint.size, root, index, leaf).unwrap();
        }
        for (old, old_root) in &roots {
            let ours = archive.consistency_proof(&origin, *old, checkpoint.size).unwrap();
            let ours: Vec<Hash> = ours.iter().map(|hash| Hash(*hash.as_bytes())).collect();
            assert_eq!(prove_tree(checkpoint.size, *old, &reader).unwrap(), ours);
            check_tree(&ours, checkpoint.size, root, *old, *old_root).unwrap();
        }
        roots.push((checkpoint.size, root));
    }
}
