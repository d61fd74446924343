//! The claim code: how a teacher gets a visit that carries no name.
//!
//! Where the agreement keeps names off forms, the observer hands over a code and the visit's body
//! holds only its hash. Ten characters of an alphabet of 32 are 50 bits: no guess under the rate limit finds
//! one. Who has the server's file can, in days; they have the visit, too, and the claim tells them whose.

use super::hash::Sha256;
use super::letters;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How many letters a code has.
pub const LENGTH: usize = 10;

/// A code that a person can read, say and type.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClaimCode(String);

impl ClaimCode {
    /// The code that random bytes make.
    pub fn mint(random: [u8; LENGTH]) -> Self {
        Self(letters::mint(&random))
    }

    /// What a person typed, in any case, with spaces and hyphens, and with I, L and O for 1, 1 and 0;
    /// none when that is no code.
    pub fn typed(text: &str) -> Option<Self> {
        letters::typed(text, LENGTH).map(Self)
    }

    /// Whether what was read is a code as [`Self::mint`] makes it, and no other text.
    #[cfg(feature = "server")]
    pub fn is_one(&self) -> bool {
        Self::typed(&self.0).is_some_and(|typed| typed == *self)
    }

    /// What the record holds instead of the code.
    pub fn sha256(&self) -> Sha256 {
        Sha256::of(format!("lookfor claim {}", self.0).as_bytes())
    }
}

impl fmt::Display for ClaimCode {
    /// In two halves: `01234-ABCDE`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&letters::in_halves(&self.0))
    }
}

/// A code is a secret: what is logged does not hold it.
impl fmt::Debug for ClaimCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClaimCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_write_it() {
        let code = ClaimCode::mint([1, 0, 10, 11, 12, 31, 32, 63, 64, 255]);
        assert_eq!(code.to_string(), "10ABC-Z0Z0Z");
        for typed in ["10abc-z0z0z", "lOABC ZoZ0z", " 10 AB CZ0 Z0Z "] {
            assert_eq!(ClaimCode::typed(typed), Some(code.clone()), "{typed}");
        }
        for wrong in ["", "10abc", "10abc-z0z0z1", "10abc-z0z0u", "10abc-z0z0é"] {
            assert_eq!(ClaimCode::typed(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_code_is_not_printed_for_a_log() {
        assert_eq!(
            format!("{:?}", ClaimCode::mint([7; LENGTH])),
            "ClaimCode(…)"
        );
    }
}
