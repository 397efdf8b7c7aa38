//! Outlines of areas: how they are kept, and whether a point lies in one. The build script uses it too.
//!
//! Coordinates are whole ten-thousandths of a degree (11 m), rings are kept as differences in LEB128. A point is
//! inside by the even-odd rule, so that holes need no mark and a ring that crosses itself still gives an answer.

/// Ten-thousandths of a degree east and north.
pub type Corner = (i32, i32);
/// Whole units a degree.
pub const UNITS: f64 = 10_000.0;

/// An outline: rings of corners, the last joined to the first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shape {
    /// All rings, holes and islands alike.
    pub rings: Vec<Vec<Corner>>,
}

/// West, south, east, north, in the units of [`Corner`].
pub type Frame = [i32; 4];

/// A point in degrees as a corner.
pub fn corner(lat: f64, lon: f64) -> Corner {
    ((lon * UNITS).round() as i32, (lat * UNITS).round() as i32)
}

impl Shape {
    /// A shape of rings in degrees east and north, as GeoJSON writes them; rings of fewer than three corners go.
    pub fn of_degrees(rings: &[Vec<(f64, f64)>]) -> Self {
        let ring = |ring: &Vec<(f64, f64)>| {
            let mut corners: Vec<Corner> = ring.iter().map(|(lon, lat)| corner(*lat, *lon)).collect();
            corners.dedup();
            if corners.len() > 1 && corners.first() == corners.last() {
                corners.pop();
            }
            corners
        };
        Self { rings: rings.iter().map(ring).filter(|ring| ring.len() >= 3).collect() }
    }

    /// Whether there is no ring.
    pub fn is_empty(&self) -> bool {
        self.rings.is_empty()
    }

    /// The smallest frame around it; `None` without a ring.
    pub fn frame(&self) -> Option<Frame> {
        self.rings.iter().flatten().fold(None, |frame, (x, y)| {
            let [west, south, east, north] = frame.unwrap_or([*x, *y, *x, *y]);
            Some([west.min(*x), south.min(*y), east.max(*x), north.max(*y)])
        })
    }

    /// Whether a point lies in it.
    pub fn contains(&self, point: Corner) -> bool {
        self.rings.iter().filter(|ring| ring_contains(ring.iter().copied(), point)).count() % 2 == 1
    }

    /// How many times its rings cross themselves; looked for only up to `most`.
    pub fn crossings(&self, most: usize) -> usize {
        let mut crossings = 0;
        for ring in &self.rings {
            crossings += ring_crossings(ring, most.saturating_sub(crossings));
            if crossings >= most {
                break;
            }
        }
        crossings
    }

    /// Appends its bytes: a count of rings, and for each a count of corners and their differences.
    pub fn write(&self, out: &mut Vec<u8>) {
        write_number(self.rings.len() as u64, out);
        for ring in &self.rings {
            write_number(ring.len() as u64, out);
            let (mut x, mut y) = (0, 0);
            for corner in ring {
                write_signed(i64::from(corner.0) - x, out);
                write_signed(i64::from(corner.1) - y, out);
                (x, y) = (i64::from(corner.0), i64::from(corner.1));
            }
        }
    }

    /// Reads what [`Self::write`] wrote; damaged bytes give fewer rings.
    pub fn read(mut bytes: &[u8]) -> Self {
        let count = read_number(&mut bytes);
        let mut shape = Self::default();
        for _ in 0..count.min(bytes.len() as u64) {
            let corners = read_number(&mut bytes).min(bytes.len() as u64);
            let (mut x, mut y) = (0_i64, 0_i64);
            let ring = (0..corners).map(|_| {
                x = x.saturating_add(read_signed(&mut bytes));
                y = y.saturating_add(read_signed(&mut bytes));
                (x as i32, y as i32)
            });
            shape.rings.push(ring.collect());
        }
        shape
    }
}

/// Whether a ray to the east from the point meets the ring an odd number of times.
fn ring_contains(ring: impl Iterator<Item = Corner> + Clone, (x, y): Corner) -> bool {
    let Some(mut before) = ring.clone().last() else { return false };
    let mut inside = false;
    for corner in ring {
        if (corner.1 > y) != (before.1 > y) {
            let rise = f64::from(before.1) - f64::from(corner.1);
            let meets = (f64::from(before.0) - f64::from(corner.0)) * (f64::from(y) - f64::from(corner.1))
                / rise
                + f64::from(corner.0);
            inside ^= f64::from(x) < meets;
        }
        before = corner;
    }
    inside
}

/// Edges sorted by their western end, each compared with those that begin before it ends.
fn ring_crossings(ring: &[Corner], most: usize) -> usize {
    let count = ring.len();
    let mut edges: Vec<(Corner, Corner, usize)> =
        (0..count).map(|at| (ring[at], ring[(at + 1) % count], at)).collect();
    edges.sort_unstable_by_key(|(a, b, at)| (a.0.min(b.0), *at));
    let mut crossings = 0;
    for (number, (a, b, at)) in edges.iter().enumerate() {
        let east = a.0.max(b.0);
        for (c, d, other) in edges[number + 1..].iter().take_while(|(c, d, _)| c.0.min(d.0) <= east) {
            let apart = at.abs_diff(*other);
            if apart > 1 && apart + 1 < count && do_cross(*a, *b, *c, *d) {
                crossings += 1;
                if crossings >= most {
                    return crossings;
                }
            }
        }
    }
    crossings
}

fn do_cross(a: Corner, b: Corner, c: Corner, d: Corner) -> bool {
    let side = |p: Corner, q: Corner, r: Corner| {
        let wide = |value: i32| i64::from(value);
        ((wide(q.0) - wide(p.0)) * (wide(r.1) - wide(p.1))
            - (wide(q.1) - wide(p.1)) * (wide(r.0) - wide(p.0)))
        .signum()
    };
    side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
}

/// LEB128.
pub fn write_number(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Reads LEB128 and moves on; at the end of the bytes what there was.
pub fn read_number(bytes: &mut &[u8]) -> u64 {
    let (mut number, mut shift) = (0_u64, 0);
    while let Some((byte, rest)) = bytes.split_first() {
        *bytes = rest;
        number |= u64::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
        shift += 7;
        if byte & 0x80 == 0 {
            break;
        }
    }
    number
}

fn write_signed(number: i64, out: &mut Vec<u8>) {
    write_number(((number << 1) ^ (number >> 63)) as u64, out);
}

fn read_signed(bytes: &mut &[u8]) -> i64 {
    let number = read_number(bytes);
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn square(west: i32, south: i32, side: i32) -> Vec<Corner> {
        vec![(west, south), (west + side, south), (west + side, south + side), (west, south + side)]
    }

    #[test]
    fn a_hole_is_outside_and_an_island_in_it_inside() {
        let shape = Shape { rings: vec![square(0, 0, 100), square(20, 20, 60), square(40, 40, 20)] };
        assert!(shape.contains((10, 10)));
        assert!(!shape.contains((30, 30)));
        assert!(shape.contains((50, 50)));
        assert!(!shape.contains((150, 50)));
        assert_eq!(shape.frame(), Some([0, 0, 100, 100]));
    }

    #[test]
    fn a_bow_tie_crosses_itself_once() {
        let tie = Shape { rings: vec![vec![(0, 0), (10, 10), (10, 0), (0, 10)]] };
        assert_eq!(tie.crossings(5), 1);
        assert_eq!(Shape { rings: vec![square(0, 0, 10)] }.crossings(5), 0);
    }

    proptest! {
        #[test]
        fn shapes_read_back(rings in prop::collection::vec(
            prop::collection::vec((-1_800_000..1_800_000, -900_000..900_000), 3..9), 0..4)) {
            let shape = Shape { rings };
            let mut bytes = Vec::new();
            shape.write(&mut bytes);
            prop_assert_eq!(Shape::read(&bytes), shape);
        }

        #[test]
        fn the_middle_of_a_triangle_is_inside(a in (-900..900, -900..900), b in (-900..900, -900..900), c in (-900..900, -900..900)) {
            let thrice = |p: Corner| (p.0 * 3, p.1 * 3);
            let shape = Shape { rings: vec![vec![thrice(a), thrice(b), thrice(c)]] };
            let middle = (a.0 + b.0 + c.0, a.1 + b.1 + c.1);
            let twice = (b.0 - a.0) * (c.1 - a.1) - (c.0 - a.0) * (b.1 - a.1);
            prop_assume!(twice.abs() > 900);
            prop_assert!(shape.contains(middle));
        }
    }
}
