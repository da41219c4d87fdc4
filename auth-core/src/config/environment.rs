//! What a provider may touch of the outside world, as one parameter. Next: `vars`.

use std::sync::Arc;

use super::Vars;
use crate::clock::{Clock, SystemClock};
use crate::http::{HttpClient, default_client};

/// Variables, network and clock: everything outside a provider that its work depends on.
///
/// `build()` uses [`Environment::process`]; `build_in(&environment)` any other, which is how tests
/// run without `set_var`, without sleeping, and against servers of their own under production
/// URLs.
///
/// ```
/// use auth_core::config::{Environment, Vars};
///
/// let environment = Environment::process().with_vars(Vars::empty());
/// assert_eq!(environment.vars().get("PATH").unwrap(), None);
/// ```
#[derive(Clone, Debug)]
pub struct Environment {
    vars: Vars,
    http: Arc<dyn HttpClient>,
    clock: Arc<dyn Clock>,
}

impl Environment {
    /// The variables, network and clock of this process.
    ///
    /// Without the feature `http-client` every outbound request fails; give a client of your own
    /// with [`Environment::with_http`].
    pub fn process() -> Self {
        Self { vars: Vars::process(), http: default_client(), clock: Arc::new(SystemClock) }
    }

    /// The same environment with other variables.
    pub fn with_vars(mut self, vars: Vars) -> Self {
        self.vars = vars;
        self
    }

    /// The same environment with another HTTP client.
    pub fn with_http(mut self, http: Arc<dyn HttpClient>) -> Self {
        self.http = http;
        self
    }

    /// The same environment with another clock.
    pub fn with_clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// Where options are looked up.
    pub const fn vars(&self) -> &Vars {
        &self.vars
    }

    /// How outbound requests are sent.
    pub const fn http(&self) -> &Arc<dyn HttpClient> {
        &self.http
    }

    /// What time it is.
    pub const fn clock(&self) -> &Arc<dyn Clock> {
        &self.clock
    }
}
