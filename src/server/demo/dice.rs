//! Chance that falls the same way each time: SplitMix64 (Steele, Lea and Flood, 2014), in a few lines.
//!
//! It is for invented data and for nothing else: whoever knows one number knows the next.

/// A pair of dice with a seed.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Dice that fall as this seed and this text say, so that one part of the plan can change without another.
    pub fn of(seed: u64, what: &str) -> Self {
        let mixed = what.bytes().fold(seed, |mixed, byte| {
            (mixed ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Self(mixed)
    }

    fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 for 0.
    pub fn below(&mut self, end: usize) -> usize {
        let thrown = self.throw();
        match end {
            0 => 0,
            end => (thrown % end as u64) as usize,
        }
    }

    /// A number from `least` to `most`, both possible.
    pub fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most.saturating_sub(least) + 1)
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, of_hundred: usize) -> bool {
        self.below(100) < of_hundred
    }

    /// One of some; none of nothing.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }

    /// Bytes, such as for an id.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.throw() as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_falls_the_same_and_another_does_not() {
        let fall = |seed, what| -> Vec<usize> {
            let mut dice = Dice::of(seed, what);
            (0..20).map(|_| dice.below(1_000)).collect()
        };
        assert_eq!(fall(1, "names"), fall(1, "names"));
        assert_ne!(fall(1, "names"), fall(2, "names"));
        assert_ne!(fall(1, "names"), fall(1, "visits"));
        // The first numbers are frozen: another generator would make another district.
        assert_eq!(fall(1, "names").get(..4), Some(&[195, 447, 506, 973][..]));
    }

    #[test]
    fn every_face_comes_up() {
        let mut dice = Dice::of(7, "faces");
        let mut seen = [0; 6];
        for _ in 0..600 {
            if let Some(face) = seen.get_mut(dice.between(1, 6) - 1) {
                *face += 1;
            }
        }
        assert!(
            seen.iter().all(|times| (60..140).contains(times)),
            "{seen:?}"
        );
        assert_eq!(Dice::of(1, "").one::<u8>(&[]), None);
    }
}
