#![doc = include_str!("lib.md")]
//!
//! # The walk
//!
//! The modules stand in the order in which a request passes through them; each says what comes
//! in, what goes out, and where to read next. Start at [`gate`].

pub mod gate;
pub mod request;
pub mod access;
pub mod token;
pub mod provider;
pub mod configured;
pub mod options;
pub mod metadata;
pub mod any;
pub mod composite;
pub mod jwt;
pub mod jwks;
pub mod proof;
pub mod introspection;
pub mod upstream;
mod memo;
pub mod decision;
pub mod error;
mod challenge;
pub mod response;
#[cfg(feature = "tower")]
pub mod layer;
#[cfg(feature = "axum")]
pub mod extract;
#[cfg(feature = "actix")]
pub mod actix;

pub mod metrics;
pub mod manual;

pub mod clock;
pub mod config;
pub mod http;
#[cfg(feature = "registry")]
pub mod registry;

#[doc(hidden)]
pub mod private;

pub use config::{AuthProvider, ConfigError, Configure, Domain, Environment, HmacSecret, Secret};
pub use configured::Configured;
pub use decision::{Decision, Denial};
pub use error::AuthError;
pub use gate::Gate;
pub use jwt::{Algorithm, Claims, Verifier};
pub use provider::{Access, Authenticate, Principal};
pub use request::Request;
pub use token::Token;

/// Derives [`Configure`], a builder and a redacting `Debug`: see the crate `auth-derive`.
#[cfg(feature = "derive")]
pub use auth_derive::AuthProvider;

// Lets derived code inside this crate's own tests name it as everybody else does.
extern crate self as auth_core;
