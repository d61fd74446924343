//! Randomness for one thing that the server makes: drawn at the border and handed in, so that what is
//! made of it can be tested.

use uuid::Uuid;

/// Random bytes for one event of the office: its id, its salt, and a device id if there is none yet.
#[derive(Clone, Debug)]
pub struct Chance(pub [u8; 36]);

impl Chance {
    /// Fresh randomness from the operating system, through `uuid`: the bits of a version 4 that are
    /// not random are left out.
    pub fn draw() -> Self {
        let mut bytes = [0; 36];
        for part in bytes.chunks_mut(6) {
            let drawn = Uuid::new_v4().into_bytes();
            part.iter_mut()
                .zip(drawn)
                .for_each(|(byte, drawn)| *byte = drawn);
        }
        Self(bytes)
    }

    /// Ten bytes for an id.
    pub fn take(&self) -> [u8; 10] {
        std::array::from_fn(|place| self.at(place))
    }

    /// Ten other bytes for another id.
    pub fn other(&self) -> [u8; 10] {
        std::array::from_fn(|place| self.at(10 + place))
    }

    /// The same for the nth of several events that one act makes, from 0: their ids differ.
    pub fn nth(&self, nth: u8) -> Self {
        let mut bytes = self.0;
        if let Some(byte) = bytes.get_mut(9) {
            *byte = byte.wrapping_add(nth);
        }
        Self(bytes)
    }

    /// A salt: 32 hexadecimal digits from bytes that no id shows.
    pub fn salt(&self) -> String {
        (20..36)
            .map(|place| format!("{:02x}", self.at(place)))
            .collect()
    }

    fn at(&self, place: usize) -> u8 {
        self.0.get(place).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_salt_shares_nothing_with_the_ids() {
        let chance = Chance(std::array::from_fn(|place| place as u8));
        assert_eq!(chance.take(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        assert_eq!(chance.other(), [10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
        assert_eq!(chance.salt(), "1415161718191a1b1c1d1e1f20212223");
    }
}
