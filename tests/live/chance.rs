//! Chance that can be repeated: its seed is printed, and taken from `LIVE_SEED` if that is set.

use std::time::Duration;

/// A row of random numbers (Steele, Lea, Flood: `SplitMix64`).
pub(crate) struct Chance(u64);

impl Chance {
    /// A new row.
    pub(crate) fn new() -> Self {
        let given = std::env::var("LIVE_SEED").ok();
        let seed = given.map_or_else(|| getrandom::u64().unwrap(), |seed| seed.parse().unwrap());
        println!("LIVE_SEED={seed}");
        Self(seed)
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }

    /// A moment before `end`.
    pub(crate) fn moment(&mut self, end: Duration) -> Duration {
        let end = u64::try_from(end.as_millis()).unwrap();
        Duration::from_millis(self.below(end))
    }
}
