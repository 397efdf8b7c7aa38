//! RFC 6962 Merkle trees: hashes, inclusion proofs, consistency proofs, and their checks.
//!
//! Proofs are made from [`Nodes`], something that knows the hash of every complete subtree; they are checked from
//! nothing but their arguments (RFC 9162 §2.1.3.2 and §2.1.4.2), lengths first, arithmetic after.

use sha2::{Digest as _, Sha256};

use crate::error::Result;
use crate::ids::Digest;

/// The hash of a leaf: SHA-256 of a zero byte and the entry.
pub fn leaf_hash(entry: &[u8]) -> Digest {
    Digest::from_bytes(Sha256::new().chain_update([0]).chain_update(entry).finalize().into())
}

/// The hash of an inner node: SHA-256 of a one byte and both children.
pub fn node_hash(left: &Digest, right: &Digest) -> Digest {
    let hash = Sha256::new().chain_update([1]).chain_update(left.as_bytes()).chain_update(right.as_bytes());
    Digest::from_bytes(hash.finalize().into())
}

/// Knows the hash of the complete subtree of 2^`height` leaves that starts at leaf `index`·2^`height`.
pub(crate) trait Nodes {
    /// That hash; an error when a tile is missing or damaged.
    fn node(&self, height: u32, index: u64) -> Result<Digest>;
}

/// The root of the first `size` leaves; of none, the SHA-256 of nothing.
pub(crate) fn root(nodes: &impl Nodes, size: u64) -> Result<Digest> {
    if size == 0 { Ok(Digest::of(b"")) } else { range(nodes, 0, size) }
}

/// The audit path of leaf `index` in the tree of `size` leaves, lowest sibling first. `index < size`.
pub(crate) fn inclusion_proof(nodes: &impl Nodes, index: u64, size: u64) -> Result<Vec<Digest>> {
    let (mut low, mut high) = (0, size);
    let mut path = Vec::new();
    while high - low > 1 {
        let middle = low + split(high - low);
        if index < middle {
            path.push(range(nodes, middle, high)?);
            high = middle;
        } else {
            path.push(range(nodes, low, middle)?);
            low = middle;
        }
    }
    path.reverse();
    Ok(path)
}

/// The proof that the tree of `old` leaves is a prefix of the tree of `new` leaves. `old <= new`.
pub(crate) fn consistency_proof(nodes: &impl Nodes, old: u64, new: u64) -> Result<Vec<Digest>> {
    if old == 0 || old == new {
        return Ok(Vec::new());
    }
    let (mut low, mut high) = (0, new);
    let mut path = Vec::new();
    while old != high {
        let middle = low + split(high - low);
        if old <= middle {
            path.push(range(nodes, middle, high)?);
            high = middle;
        } else {
            path.push(range(nodes, low, middle)?);
            low = middle;
        }
    }
    if low > 0 {
        path.push(range(nodes, low, high)?);
    }
    path.reverse();
    Ok(path)
}

/// Whether `proof` shows that `leaf` is leaf `index` of the tree of `size` leaves with that `root`.
pub fn verify_inclusion(leaf: &Digest, index: u64, size: u64, proof: &[Digest], root: &Digest) -> bool {
    if index >= size {
        return false;
    }
    let (mut node, mut last) = (index, size - 1);
    let mut hash = *leaf;
    for sibling in proof {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

/// Whether `proof` shows that the tree of `old` leaves with root `old_root` is a prefix of the tree of `new` leaves.
pub fn verify_consistency(
    old: u64,
    new: u64,
    proof: &[Digest],
    old_root: &Digest,
    new_root: &Digest,
) -> bool {
    if old > new {
        return false;
    }
    if old == new {
        return proof.is_empty() && old_root == new_root;
    }
    if old == 0 {
        return proof.is_empty() && *old_root == Digest::of(b"");
    }
    let (mut node, mut last) = (old - 1, new - 1);
    while node & 1 == 1 {
        node >>= 1;
        last >>= 1;
    }
    let mut siblings = proof.iter();
    let start = if old.is_power_of_two() { Some(old_root) } else { siblings.next() };
    let Some(start) = start else { return false };
    let (mut old_hash, mut new_hash) = (*start, *start);
    for sibling in siblings {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            old_hash = node_hash(sibling, &old_hash);
            new_hash = node_hash(sibling, &new_hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            new_hash = node_hash(&new_hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && old_hash == *old_root && new_hash == *new_root
}

/// The hash of leaves `low..high`, where `low` is aligned to the next power of two above the length.
fn range(nodes: &impl Nodes, low: u64, high: u64) -> Result<Digest> {
    let length = high - low;
    if length.is_power_of_two() {
        return nodes.node(length.trailing_zeros(), low / length);
    }
    let middle = low + split(length);
    Ok(node_hash(&range(nodes, low, middle)?, &range(nodes, middle, high)?))
}

/// The largest power of two below `length`, for a length of at least two.
fn split(length: u64) -> u64 {
    1 << (63 - (length - 1).leading_zeros())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// All leaf hashes in memory: the slow, obvious tree.
    struct Leaves(Vec<Digest>);

    impl Nodes for Leaves {
        fn node(&self, height: u32, index: u64) -> Result<Digest> {
            let length = 1 << height;
            Ok(plain_root(&self.0[(index as usize * length)..][..length]))
        }
    }

    /// RFC 6962 §2.1, word for word.
    fn plain_root(leaves: &[Digest]) -> Digest {
        match leaves {
            [] => Digest::of(b""),
            [leaf] => *leaf,
            _ => {
                let k =
                    (1..).map(|bits| 1usize << bits).take_while(|k| *k < leaves.len()).last().unwrap_or(1);
                node_hash(&plain_root(&leaves[..k]), &plain_root(&leaves[k..]))
            }
        }
    }

    fn digests(texts: &[&str]) -> Vec<Digest> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    /// The eight entries, roots and proofs published with Certificate Transparency's reference code for RFC 6962.
    #[test]
    fn published_vectors() {
        let entries: [&str; 8] = [
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        ];
        let leaves = Leaves(entries.iter().map(|entry| leaf_hash(&hex::decode(entry).unwrap())).collect());
        let roots = digests(&[
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ]);
        for (size, expected) in (1..).zip(&roots) {
            assert_eq!(root(&leaves, size).unwrap(), *expected, "size {size}");
        }
        let path = digests(&[
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ]);
        assert_eq!(inclusion_proof(&leaves, 5, 8).unwrap(), path);
        let consistency = digests(&[
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ]);
        assert_eq!(consistency_proof(&leaves, 6, 8).unwrap(), consistency);
    }

    proptest! {
        #[test]
        fn proofs_hold_and_changed_proofs_do_not(size in 1u64..600, place in any::<u64>(), flip in any::<usize>()) {
            let leaves = Leaves((0..size).map(|number| leaf_hash(&number.to_be_bytes())).collect());
            let top = root(&leaves, size).unwrap();
            prop_assert_eq!(top, plain_root(&leaves.0));
            let index = place % size;
            let leaf = leaves.0[index as usize];
            let mut proof = inclusion_proof(&leaves, index, size).unwrap();
            prop_assert!(verify_inclusion(&leaf, index, size, &proof, &top));
            prop_assert!(!verify_inclusion(&Digest::of(b"other"), index, size, &proof, &top));
            if !proof.is_empty() {
                let at = flip % proof.len();
                proof[at] = Digest::of(proof[at].as_bytes());
                prop_assert!(!verify_inclusion(&leaf, index, size, &proof, &top));
                proof.pop();
                prop_assert!(!verify_inclusion(&leaf, index, size, &proof, &top));
            }
            let old = place % (size + 1);
            let old_root = root(&leaves, old).unwrap();
            let mut proof = consistency_proof(&leaves, old, size).unwrap();
            prop_assert!(verify_consistency(old, size, &proof, &old_root, &top));
            prop_assert!(!verify_consistency(old, size, &proof, &Digest::of(b"other"), &top));
            proof.push(Digest::of(b"more"));
            prop_assert!(!verify_consistency(old, size, &proof, &old_root, &top));
        }
    }
}
