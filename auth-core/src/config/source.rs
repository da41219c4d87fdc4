//! Where each option of a provider came from: an option and its text in, a line for people out.
//! Next: `file`, one of the places.

use std::fmt;

use super::shown::shown;
use super::{Field, Presence};

/// Where an option's value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Source {
    /// The builder, by a setter or by name.
    Builder,
    /// This environment variable.
    Variable(&'static str),
    /// A file, as container platforms mount secrets.
    File {
        /// The variable that names the file, such as `ACME_KEY_FILE`.
        variable: String,
        /// The file's path.
        path: String,
    },
    /// Nobody gave it, and its default stands in.
    Default,
    /// Nobody gave it, and it may be absent.
    Absent,
}

/// An option and where its value came from; prints as the start-up log does.
///
/// ```
/// # use auth_core::config::{Environment, Source, Vars};
/// # use auth_core::{AuthProvider, HmacSecret, Verifier};
/// #[derive(AuthProvider)]
/// #[auth(name = "acme")]
/// struct Acme {
///     #[auth(env = "ACME_SECRET")]
///     secret: HmacSecret,
///     #[auth(env = "ACME_AUDIENCE")]
///     audience: String,
///     #[auth(verify = Verifier::hmac(secret).issuer("https://acme.example/").audience(audience))]
///     verifier: Verifier,
/// }
///
/// let vars = Vars::from([("ACME_AUDIENCE", "api")]);
/// let environment = Environment::process().with_vars(vars);
/// let acme = Acme::builder().secret("0f1e2d3c4b5a69788796a5b4c3d2e1f0").build_in(&environment)?;
///
/// let [secret, audience] = acme.sources() else { unreachable!("Acme has two options") };
/// assert_eq!(audience.source(), &Source::Variable("ACME_AUDIENCE"));
/// assert_eq!(audience.to_string(), r#"audience = "api" (ACME_AUDIENCE)"#);
/// assert_eq!(secret.to_string(), "secret (builder)");
/// # Ok::<(), auth_core::ConfigError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    field: &'static Field,
    source: Source,
    /// The text that was read, as far as people may see it.
    text: Option<String>,
}

impl Origin {
    /// A value that was found; `text` is what a variable held.
    pub(super) fn new(field: &'static Field, source: Source, text: Option<&str>) -> Self {
        let text = text.filter(|_| !field.secret).map(|text| format!("{:?}", shown(text)));
        Self { field, source, text }
    }

    /// The field's default.
    pub(super) fn default(field: &'static Field) -> Self {
        let text = match field.presence {
            // `default` alone stands for the type's own, which has no text.
            Presence::Default(text) if !field.secret && text != "default" => Some(text.to_owned()),
            _ => None,
        };
        Self { field, source: Source::Default, text }
    }

    pub(super) fn into_source(self) -> Source {
        self.source
    }

    /// The option.
    pub const fn field(&self) -> &'static Field {
        self.field
    }

    /// Where its value came from.
    pub const fn source(&self) -> &Source {
        &self.source
    }
}

/// `domain = "acme.example" (ACME_DOMAIN)`. Of a secret, of what the builder was given, and of a
/// file, the value is left out; of a URL, the user and password.
impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.field.name)?;
        if let Some(text) = &self.text {
            write!(f, " = {text}")?;
        }
        write!(f, " ({})", self.source)
    }
}

/// `builder`, the variable's name, `default` or `not given`.
impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Builder => f.write_str("builder"),
            Self::Variable(variable) => f.write_str(variable),
            Self::File { variable, .. } => f.write_str(variable),
            Self::Default => f.write_str("default"),
            Self::Absent => f.write_str("not given"),
        }
    }
}
