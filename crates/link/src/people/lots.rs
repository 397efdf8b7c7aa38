//! Lots: chances that are the same on every machine (splitmix64, Steele, Lea and Flood 2014).

/// What lots are drawn from.
#[derive(Debug, Clone)]
pub struct Lots(u64);

impl Lots {
    /// The same seed gives the same lots.
    pub fn of(seed: u64) -> Lots {
        Lots(seed)
    }

    /// A number, each as likely as any other.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// An even number from 0 to 1, never 1.
    pub fn share(&mut self) -> f64 {
        (self.number() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// How many rounds pass before the one in which something happens that in each has the chance odds / (1 + odds): a
    /// geometric number.
    pub fn rounds_before(&mut self, odds: f64) -> u32 {
        // In each round it does not with the chance 1 / (1 + odds).
        (-(1.0 - self.share()).ln() / odds.ln_1p()) as u32
    }
}
