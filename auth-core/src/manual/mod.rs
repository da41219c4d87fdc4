//! The manual: what a reader wants to know who is about to trust this crate.
//!
//! * [`verifying`]: what is checked, in which order, and what is in force by default.
//! * [`vulnerabilities`]: how token verification has failed before, and what prevents it here.
//! * [`guarding`]: which routes need whom, how rules are read, what handlers ask for.
//! * [`operating`]: start-up, outages, rotation, health: what happens when an issuer misbehaves.
//!
//! Nothing here is code; the walk begins at [`gate`](crate::gate).

#[doc = include_str!("verifying.md")]
pub mod verifying {}

#[doc = include_str!("vulnerabilities.md")]
pub mod vulnerabilities {}

#[doc = include_str!("guarding.md")]
pub mod guarding {}

#[doc = include_str!("operating.md")]
pub mod operating {}
