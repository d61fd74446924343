//! Ids: UUIDv7, minted once on a device and never issued again by anyone else.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// The id minted at `at_utc_ms` (milliseconds since 1970; a time before that counts
            /// as 1970) with ten random bytes, as RFC 9562 lays out version 7.
            pub fn mint(at_utc_ms: i64, random: [u8; 10]) -> Self {
                let ms = u64::try_from(at_utc_ms).unwrap_or(0);
                Self(uuid::Builder::from_unix_timestamp_millis(ms, &random).into_uuid())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// One store on one device; a restored or rescued store takes a new one.
    DeviceId,
    /// One person, whatever rosters call them.
    PersonId,
    /// One event, and with it one record.
    EventId,
    /// One visit while it is being filled in.
    DraftId,
    /// One school or other place.
    SiteId,
    /// One class of one school year.
    ClassId,
    /// One import of files.
    ImportId,
}
