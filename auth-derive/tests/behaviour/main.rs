//! What derived code does: structs in, the providers and errors that they build out. One module a
//! topic. No test touches the process environment: each hands in variables of its own.
#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

pub mod attributes;
mod authenticate;
mod by_name;
mod computed;
mod crate_path;
mod descriptor;
pub mod hygiene;
mod precedence;
mod report;
mod secrets;
mod shapes;
mod shared;
mod values;

use auth_core::config::{Environment, Vars};
use auth_core::{Authenticate, ConfigError};

// Another name for the crate, for `crate = ::renamed`.
extern crate auth_core as renamed;

/// An environment that holds these variables and no others.
fn environment<const N: usize>(variables: [(&str, &str); N]) -> Environment {
    Environment::process().with_vars(Vars::from(variables))
}

/// The lines of an error behind its first, without their indentation.
fn problems(error: &ConfigError) -> Vec<String> {
    error.to_string().lines().skip(1).map(|line| line.trim().to_owned()).collect()
}

/// The user of a provider that is only ever configured.
#[derive(Debug, Clone)]
struct Nobody;

impl auth_core::Principal for Nobody {
    fn subject(&self) -> &'static str {
        "nobody"
    }

    fn claims(&self) -> &auth_core::Claims {
        unreachable!("no test of configuration asks for claims")
    }
}

/// Compiles for a provider only.
const fn is_a_provider<P: auth_core::AuthProvider + Authenticate>() {}

/// Writes the `Authenticate` of providers that are only ever configured.
macro_rules! authenticates_nobody {
    ($($provider:ty),+ $(,)?) => {$(
        impl auth_core::Authenticate for $provider {
            type User = crate::Nobody;

            async fn authenticate(
                &self,
                _: &auth_core::Token<'_>,
                _: &auth_core::Request<'_>,
            ) -> Result<crate::Nobody, auth_core::AuthError> {
                Ok(crate::Nobody)
            }
        }
    )+};
}
use authenticates_nobody;
