//! Configuration: from a derived struct and an [`Environment`] to a provider, or to one error
//! that names everything that is wrong.
//!
//! Read [`Environment`] first, then how a value is read from text ([`FromEnv`], [`Domain`],
//! [`Secret`], [`HmacSecret`]), then how fields are resolved (`resolve`, called by derived code)
//! from what the builder has (`slot`, [`Texts`]), from variables and from files (`lookup`, `file`),
//! then where each came from ([`Origin`]) and what a failure looks like ([`ConfigError`]).
//! [`Descriptor`] is the table that all texts about a provider are made from.

mod checked;
mod configure;
mod data;
mod descriptor;
mod domain;
mod duration;
mod encoded_secret;
mod environment;
mod failure;
mod file;
mod list;
mod lookup;
mod nearest;
mod number;
mod one_or_more;
mod problem;
mod resolve;
mod secret;
mod sentence;
mod shown;
mod slot;
mod source;
mod texts;
mod value;
mod vars;

pub use configure::{AuthProvider, Configure};
pub use descriptor::{Descriptor, Field, Kind, Presence};
pub use domain::Domain;
pub use environment::Environment;
pub(crate) use file::read_text;
pub use one_or_more::OneOrMore;
pub use problem::{ConfigError, Problem, ProblemKind};
pub use secret::{HmacSecret, Secret};
pub use source::{Origin, Source};
pub use texts::Texts;
pub use value::{FromEnv, ValueError};
pub use vars::{NotUnicode, Vars};

#[doc(hidden)]
pub use checked::Checked;
#[doc(hidden)]
pub use failure::Failure;
#[doc(hidden)]
pub use resolve::Resolver;
#[doc(hidden)]
pub use slot::Slot;
