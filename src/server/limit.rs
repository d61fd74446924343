//! How often a secret may be tried: for each address, and over all.
//!
//! Each limit is a bucket that starts full and fills again at a steady pace (the generic cell rate
//! algorithm: one moment in memory for each bucket). Time comes in as an argument.
//!
//! Links, tokens and cards are 256 random bits, which nobody guesses; their limits only bound the work.
//! What people type is shorter, and there the limit over all addresses is what makes guessing hopeless:
//!
//! - A typed code has 40 bits and lives 15 minutes. One try a second is 31.6 million tries a year. Were
//!   100 codes alive at every moment (each lives 15 minutes, so that is 9,600 a day), a try would hit with
//!   100 / 2^40, and a whole year of trying with 0.3 %; with ten codes alive, 0.03 %.
//! - A claim code has 50 bits and lives until its visit is taken. With 10,000 open visits a try hits with
//!   10,000 / 2^50, a year of trying with 0.03 %; and only a signed-in person can try.
//!
//! The price: who keeps the limit over all addresses busy keeps others from typing codes. Links have a
//! limit of their own, so that they go on working.

use super::router::Shared;
use crate::domain::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use std::collections::HashMap;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The most addresses that are remembered; each takes less than 100 bytes.
const ADDRESSES_MAX: usize = 10_000;

/// What is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A typed code that signs in.
    Code,
    /// The secret of a link that signs in.
    Link,
    /// A code that claims a visit.
    Claim,
    /// The secret of a card's link.
    Card,
}

/// So many at once, and then one each so often.
#[derive(Clone, Copy)]
struct Rate {
    burst: u32,
    every: Duration,
}

impl Kind {
    /// For one address, which may be a whole school: a training of forty people signs in at once.
    fn per_address(self) -> Rate {
        match self {
            Self::Code | Self::Claim => Rate {
                burst: 40,
                every: Duration::from_secs(3),
            },
            Self::Link | Self::Card => Rate {
                burst: 60,
                every: Duration::from_secs(1),
            },
        }
    }

    /// Over all addresses; the head of this file says why.
    fn over_all(self) -> Rate {
        match self {
            Self::Code | Self::Claim => Rate {
                burst: 100,
                every: Duration::from_secs(1),
            },
            Self::Link | Self::Card => Rate {
                burst: 1_000,
                every: Duration::from_millis(20),
            },
        }
    }
}

/// When a bucket will be full again.
#[derive(Clone, Copy)]
struct Bucket(Instant);

impl Bucket {
    /// Takes one try, or says how long to wait for it.
    fn take(&mut self, rate: Rate, now: Instant) -> Result<(), Duration> {
        let full_at = self.0.max(now);
        let emptied = rate.every * rate.burst.saturating_sub(1);
        match full_at.duration_since(now).checked_sub(emptied) {
            Some(wait) if !wait.is_zero() => Err(wait),
            _ => {
                self.0 = full_at + rate.every;
                Ok(())
            }
        }
    }
}

/// The buckets of all secrets. They are in memory: a restart fills them.
#[derive(Default)]
pub struct Limits(Mutex<Buckets>);

#[derive(Default)]
struct Buckets {
    addresses: HashMap<(Kind, IpAddr), Bucket>,
    all: HashMap<Kind, Bucket>,
}

impl Limits {
    /// Counts a try, before the secret is looked at. The client is an address of version 4, or the
    /// network of 64 bits that an address of version 6 is in, which is what one household or school has.
    ///
    /// # Errors
    /// [`Problem::TooManyTries`], with the whole seconds to wait; then the try is not counted.
    pub fn check(&self, kind: Kind, address: IpAddr, now: Instant) -> Result<(), Problem> {
        // Buckets are whole at every moment.
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        buckets.forget_full(now);
        let mut all = *buckets.all.get(&kind).unwrap_or(&Bucket(now));
        let client = (kind, network(address));
        let mut own = *buckets.addresses.get(&client).unwrap_or(&Bucket(now));
        own.take(kind.per_address(), now)
            .and_then(|()| all.take(kind.over_all(), now))
            .map_err(|wait| Problem::TooManyTries {
                wait_s: u32::try_from(wait.as_millis().div_ceil(1_000)).unwrap_or(u32::MAX),
            })?;
        buckets.all.insert(kind, all);
        buckets.addresses.insert(client, own);
        Ok(())
    }
}

impl Buckets {
    /// Keeps the memory bounded. A full bucket is as good as none. If too many are not full, all are
    /// forgotten: who has so many addresses meets the limit over all of them.
    fn forget_full(&mut self, now: Instant) {
        if self.addresses.len() < ADDRESSES_MAX {
            return;
        }
        self.addresses.retain(|_, bucket| bucket.0 > now);
        if self.addresses.len() >= ADDRESSES_MAX {
            self.addresses.clear();
        }
    }
}

/// What counts as one client.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        version_4 => version_4,
    }
}

/// The address that a connection comes from, put into its requests by `serve`.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// The client's address: the connection's, or, behind a proxy of ours (`--behind-proxy`), the last one that
/// `x-forwarded-for` names, which is the one that the proxy saw.
#[derive(Clone, Copy, Debug)]
pub struct Client(pub IpAddr);

impl FromRequestParts<Shared> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Infallible> {
        let forwarded = || {
            let last = parts
                .headers
                .get_all("x-forwarded-for")
                .iter()
                .next_back()?;
            last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
        };
        let peer = || parts.extensions.get::<Peer>().map(|peer| peer.0);
        let address = match shared.behind_proxy {
            true => forwarded().or_else(peer),
            false => peer(),
        };
        // Without a connection, as in a test of the router, everybody is one client.
        Ok(Self(address.unwrap_or(Ipv4Addr::UNSPECIFIED.into())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn tries(limits: &Limits, kind: Kind, address: &str, now: Instant) -> usize {
        let address = address.parse().expect("it is an address");
        (0..2_000)
            .take_while(|_| limits.check(kind, address, now).is_ok())
            .count()
    }

    #[test]
    fn after_a_burst_one_try_comes_back_each_time() {
        let (limits, now) = (Limits::default(), Instant::now());
        let seconds = |s| now + Duration::from_secs(s);
        assert_eq!(tries(&limits, Kind::Code, "192.0.2.1", now), 40);
        let refused = limits.check(Kind::Code, "192.0.2.1".parse().expect("it is one"), now);
        assert_eq!(refused, Err(Problem::TooManyTries { wait_s: 3 }));
        assert_eq!(tries(&limits, Kind::Code, "192.0.2.1", seconds(2)), 0);
        assert_eq!(tries(&limits, Kind::Code, "192.0.2.1", seconds(3)), 1);
        assert_eq!(tries(&limits, Kind::Code, "192.0.2.1", seconds(9)), 2);
        assert_eq!(tries(&limits, Kind::Code, "192.0.2.1", seconds(1_000)), 40);
    }

    #[test]
    fn addresses_together_meet_the_limit_over_all() {
        let (limits, now) = (Limits::default(), Instant::now());
        let got: usize = (0..200)
            .map(|host| tries(&limits, Kind::Code, &format!("192.0.2.{host}"), now))
            .sum();
        assert_eq!(got, 100);
        let in_an_hour: usize = (0..3_600)
            .map(|s| {
                let now = now + Duration::from_secs(s);
                let address = format!("2001:db8:{s:x}::1");
                tries(&limits, Kind::Code, &address, now)
            })
            .sum();
        assert!((3_599..=3_600).contains(&in_an_hour), "{in_an_hour}");
    }

    #[test]
    fn kinds_do_not_take_from_each_other() {
        let (limits, now) = (Limits::default(), Instant::now());
        tries(&limits, Kind::Code, "192.0.2.1", now);
        assert_eq!(tries(&limits, Kind::Claim, "192.0.2.1", now), 40);
        assert_eq!(tries(&limits, Kind::Link, "192.0.2.1", now), 60);
        assert_eq!(tries(&limits, Kind::Card, "192.0.2.1", now), 60);
    }

    #[rstest]
    #[case::another_host("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    #[case::another_network("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    #[case::version_4_written_as_6("192.0.2.1", "::ffff:192.0.2.1", true)]
    #[case::another_of_version_4("192.0.2.1", "192.0.2.2", false)]
    fn a_client_is_a_household(#[case] one: &str, #[case] other: &str, #[case] same: bool) {
        let network = |text: &str| network(text.parse().expect("it is an address"));
        assert_eq!(network(one) == network(other), same);
    }

    #[test]
    fn many_addresses_do_not_fill_the_memory() {
        let (limits, now) = (Limits::default(), Instant::now());
        for host in 0..3 * ADDRESSES_MAX as u64 {
            let now = now + Duration::from_millis(20 * host);
            let address = Ipv6Addr::from(u128::from(host) << 64);
            assert_eq!(limits.check(Kind::Link, address.into(), now), Ok(()));
        }
        let buckets = limits.0.lock().expect("nobody panicked");
        assert!(buckets.addresses.len() <= ADDRESSES_MAX);
    }
}
