//! Numbers that nobody chose, and that can be had again: splitmix64.

use std::hash::{BuildHasher, RandomState};

/// A new seed for each run.
pub(crate) fn seed() -> u64 {
    RandomState::new().hash_one("seed") >> 16
}

/// A source of numbers.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number from `least` up to and without `most`.
    pub(crate) fn between(&mut self, least: u64, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        least + mixed % (most - least)
    }

    /// Puts these in any order.
    pub(crate) fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            let other = self.between(0, u64::try_from(last + 1).unwrap());
            things.swap(last, usize::try_from(other).unwrap());
        }
    }

    /// One of these.
    pub(crate) fn one_of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        let index = self.between(0, u64::try_from(choices.len()).unwrap());
        &choices[usize::try_from(index).unwrap()]
    }
}
