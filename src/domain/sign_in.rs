//! The typed code: how a person who is signed in on one device signs in on another.
//!
//! A link cannot be followed into an app that is installed on a tablet's home screen; eight letters can
//! be typed there.

use super::hash::Sha256;
use super::letters;
use std::fmt;

/// How many letters a code has: 40 bits, which only the limit of tries protects (`server::limit`).
pub const LENGTH: usize = 8;

/// A code that signs in another device of the same person.
#[derive(Clone, PartialEq, Eq)]
pub struct TypedCode(String);

impl TypedCode {
    /// The code that random bytes make.
    pub fn mint(random: [u8; LENGTH]) -> Self {
        Self(letters::mint(&random))
    }

    /// What a person typed, in any case, with spaces and hyphens, and with I, L and O for 1, 1 and 0;
    /// none when that is no code.
    pub fn typed(text: &str) -> Option<Self> {
        letters::typed(text, LENGTH).map(Self)
    }

    /// What the server keeps instead of the code.
    pub fn sha256(&self) -> Sha256 {
        Sha256::of(format!("lookfor sign-in {}", self.0).as_bytes())
    }
}

impl fmt::Display for TypedCode {
    /// In two halves: `0123-ABCD`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&letters::in_halves(&self.0))
    }
}

/// A code is a secret: what is logged does not hold it.
impl fmt::Debug for TypedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TypedCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_write_it() {
        let code = TypedCode::mint([1, 0, 10, 11, 31, 32, 63, 255]);
        assert_eq!(code.to_string(), "10AB-Z0ZZ");
        for typed in ["10ab-z0zz", "lO AB zozz", " 1 0 a b z 0 z z "] {
            assert_eq!(TypedCode::typed(typed), Some(code.clone()), "{typed}");
        }
        for wrong in ["", "10ab-z0z", "10ab-z0zzz", "10ab-z0zu", "10ab-z0zé"] {
            assert_eq!(TypedCode::typed(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_code_is_not_printed_for_a_log() {
        assert_eq!(
            format!("{:?}", TypedCode::mint([7; LENGTH])),
            "TypedCode(…)"
        );
    }
}
