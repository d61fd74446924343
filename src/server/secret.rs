//! Secrets that the server makes: they are shown once, to whom they are given, and kept as a hash.

use crate::domain::hash::Sha256;
use crate::domain::id::PersonId;
use crate::domain::sign_in::{LENGTH, TypedCode};
use std::fmt;

/// How long an invitation's link can be used, and the first admin's, in milliseconds.
pub const LINK_LIVES_MS: i64 = 14 * 24 * 60 * 60 * 1000;
/// How long a typed code can be used, in milliseconds.
pub const CODE_LIVES_MS: i64 = 15 * 60 * 1000;

/// 32 random bytes, written as 64 hexadecimal digits: the secret of a link, or a device's token.
pub struct Secret(String);

impl Secret {
    /// A new secret.
    pub fn mint() -> Self {
        Self(
            random::<32>()
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect(),
        )
    }

    /// What the server keeps of it.
    pub fn sha256(&self) -> Sha256 {
        Sha256::of(self.0.as_bytes())
    }

    /// The secret, for the one to whom it is given.
    pub fn show(&self) -> &str {
        &self.0
    }

    /// The link that signs in with it, within the server. The secret stands behind the `#`: browsers
    /// send that to nobody.
    pub fn link(&self) -> String {
        format!("/join#{}", self.0)
    }
}

/// What is logged does not hold it.
impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A new typed code.
pub fn typed_code() -> TypedCode {
    TypedCode::mint(random::<LENGTH>())
}

/// A new id for a person whom the server itself adds.
pub fn person_id(now_utc_ms: i64) -> PersonId {
    PersonId::mint(now_utc_ms, random())
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system has randomness from its start on");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_new_long_and_not_printed() {
        let (one, other) = (Secret::mint(), Secret::mint());
        assert_ne!(one.show(), other.show());
        assert_eq!(one.show().len(), 64);
        assert_eq!(one.link(), format!("/join#{}", one.show()));
        assert_eq!(format!("{one:?}"), "Secret(…)");
    }
}
