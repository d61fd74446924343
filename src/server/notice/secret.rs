//! The secret in the link of a card: whoever has it is taken for the teacher, for this feedback only.

use crate::domain::hash::Sha256;
use std::fmt;

/// 32 random bytes, as 64 hexadecimal digits.
pub struct CardSecret(String);

impl CardSecret {
    /// A new secret.
    pub fn mint() -> Self {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).expect("the system has randomness from its start on");
        Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// What the server keeps of it.
    pub fn sha256(&self) -> Sha256 {
        Sha256::of(self.0.as_bytes())
    }

    /// The secret, for the link.
    pub fn show(&self) -> &str {
        &self.0
    }
}

/// What is logged does not hold it.
impl fmt::Debug for CardSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CardSecret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_new_long_and_not_printed() {
        let (one, other) = (CardSecret::mint(), CardSecret::mint());
        assert_ne!(one.show(), other.show());
        assert_eq!(one.show().len(), 64);
        assert_eq!(format!("{one:?}"), "CardSecret(…)");
    }
}
