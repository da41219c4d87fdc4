//! Numbers and network addresses: text in, a value of the type's whole range out. Next: `duration`.

use std::net::{IpAddr, SocketAddr};
use std::num::NonZero;

use super::{FromEnv, Kind, ValueError};

macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl FromEnv for $number {
            const KIND: Kind = Kind::Number;

            fn from_env(text: &str) -> Result<Self, ValueError> {
                text.parse().map_err(|_| {
                    let (least, most) = (<$number>::MIN, <$number>::MAX);
                    ValueError::new(format!("a whole number from {least} to {most}")).found(text)
                })
            }
        }
    )*};
}

numbers!(u8 u16 u32 u64 usize i32 i64);
numbers!(NonZero<u8> NonZero<u16> NonZero<u32> NonZero<u64> NonZero<usize>);

/// `127.0.0.1` or `::1`.
impl FromEnv for IpAddr {
    fn from_env(text: &str) -> Result<Self, ValueError> {
        text.parse()
            .map_err(|_| ValueError::new("an IP address such as 127.0.0.1 or ::1").found(text))
    }
}

/// `127.0.0.1:8080` or `[::1]:8080`; no host name, since nothing is looked up.
impl FromEnv for SocketAddr {
    fn from_env(text: &str) -> Result<Self, ValueError> {
        text.parse().map_err(|_| {
            ValueError::new("an IP address with a port, such as 127.0.0.1:8080 or [::1]:8080")
                .found(text)
        })
    }
}
