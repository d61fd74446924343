//! Devices that are or were signed in.

use super::people::Asked;
use super::{Caller, Later};
use crate::domain::id::DeviceId;
use crate::sync::office::Device;

/// Knows the devices that are or were signed in.
pub trait Devices {
    /// The devices after this one, by id, as many as make a page: the caller's own, or everybody's.
    fn devices(
        &self,
        caller: Caller,
        everybodys: bool,
        after: Option<DeviceId>,
    ) -> Later<'_, Vec<Device>>;

    /// Ends a device: its token is worth nothing from then on. One that was ended stays as it is. Refused:
    /// `NotAllowed` for a device that is not the caller's unless the caller may end everybody's, whether
    /// there is such a device or not; else `NotFound`.
    ///
    /// `now_utc_ms` is the server's clock, in milliseconds since 1970.
    fn end_device(
        &self,
        caller: Caller,
        everybodys: bool,
        device: DeviceId,
        now_utc_ms: i64,
    ) -> Asked<'_, Device>;
}
