//! Configuration: from a derived struct and an [`Environment`] to a provider, or to one error
//! that names everything that is wrong.
//!
//! Read [`Environment`] first, then how a value is read from text ([`FromEnv`], [`Domain`],
//! [`Secret`], [`HmacSecret`]), then how fields are resolved (`resolve`, called by derived code),
//! then what a failure looks like ([`ConfigError`]). [`Descriptor`] is the table that all texts
//! about a provider are made from.

mod configure;
mod descriptor;
mod domain;
mod environment;
mod problem;
mod resolve;
mod secret;
mod value;
mod vars;

pub use configure::{AuthProvider, Configure};
pub use descriptor::{Descriptor, Field, Kind, Presence};
pub use domain::Domain;
pub use environment::Environment;
pub use problem::{ConfigError, Problem, ProblemKind};
pub use secret::{HmacSecret, Secret};
pub use value::{FromEnv, ValueError};
pub use vars::{NotUnicode, Vars};

#[doc(hidden)]
pub use resolve::{Failure, Resolver, Slot};
