//! The table: tokens and users in, a token's user out.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use auth_core::config::{FromEnv, Kind, ValueError};
use auth_core::token::TokenDigest;
use auth_core::{AuthError, Claims, Token};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// The fewest characters of a token: what 16 random bytes make in base64.
const LEAST: usize = 22;

/// The fewest different characters among them: random text of this length has more.
const LEAST_DIFFERENT: usize = 10;

/// Tokens and whose they are. It never prints.
///
/// As text it is a JSON object: `{"<token>": {"subject": "ann", "roles": ["admin"]}}`. Of a user,
/// `subject` has to be there; `roles`, `permissions`, `scopes` and `expires_at` may be, and nothing
/// else.
///
/// ```
/// use auth_providers::{StaticUser, TokenTable};
///
/// let table = TokenTable::new()
///     .token("tok_5eL8vQ2rXw9mT1bYc4Zk7A", &StaticUser::new("ann").roles(["admin"]))?;
/// assert_eq!(table.len(), 1);
/// let error = TokenTable::new().token("password1", &StaticUser::new("ann")).unwrap_err();
/// assert!(error.to_string().contains("openssl rand"));
/// # Ok::<_, auth_core::config::ValueError>(())
/// ```
#[derive(Clone, Default)]
pub struct TokenTable(Vec<Entry>);

#[derive(Clone)]
struct Entry {
    digest: TokenDigest,
    claims: Claims,
    /// Since 1970.
    expires: Option<Duration>,
}

/// Whose a token is, and what they may do.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StaticUser {
    subject: String,
    #[serde(default)]
    roles: Vec<String>,
    #[serde(default)]
    permissions: Vec<String>,
    #[serde(default)]
    scopes: Vec<String>,
    #[serde(default)]
    expires_at: Option<u64>,
}

impl StaticUser {
    /// A user with this subject, who may do nothing in particular.
    pub fn new(subject: impl Into<String>) -> Self {
        Self { subject: subject.into(), ..Self::default() }
    }

    /// Their roles.
    pub fn roles<S: Into<String>>(mut self, roles: impl IntoIterator<Item = S>) -> Self {
        self.roles = roles.into_iter().map(Into::into).collect();
        self
    }

    /// Their permissions.
    pub fn permissions<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.permissions = names.into_iter().map(Into::into).collect();
        self
    }

    /// What the token was given for.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// When the token ends, in seconds since 1970.
    pub const fn expires_at(mut self, seconds: u64) -> Self {
        self.expires_at = Some(seconds);
        self
    }

    fn claims(&self) -> Claims {
        let mut members: Map<String, Value> = Map::new();
        members.insert("sub".to_owned(), json!(self.subject));
        members.insert("roles".to_owned(), json!(self.roles));
        members.insert("permissions".to_owned(), json!(self.permissions));
        members.insert("scope".to_owned(), json!(self.scopes.join(" ")));
        if let Some(seconds) = self.expires_at {
            members.insert("exp".to_owned(), json!(seconds));
        }
        Claims::vouched_for(members)
    }
}

impl TokenTable {
    /// No tokens.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with one token more.
    ///
    /// # Errors
    ///
    /// When the token could be guessed, is there already, or its user has no subject; the token is
    /// not quoted.
    pub fn token(mut self, token: &str, user: &StaticUser) -> Result<Self, ValueError> {
        if !looks_random(token) {
            return Err(ValueError::new(format!(
                "tokens of at least {LEAST} random characters: make one with `openssl rand -hex 32`"
            )));
        }
        if user.subject.trim().is_empty() {
            return Err(ValueError::new("a user with a subject for every token"));
        }
        let digest = TokenDigest::of_text(token);
        if self.0.iter().any(|entry| entry.digest == digest) {
            return Err(ValueError::new("each token once"));
        }
        let expires = user.expires_at.map(Duration::from_secs);
        self.0.push(Entry { digest, claims: user.claims(), expires });
        Ok(self)
    }

    /// Reads a JSON object of tokens and users.
    ///
    /// # Errors
    ///
    /// What was expected instead; nothing of the text.
    pub fn from_json(text: &str) -> Result<Self, ValueError> {
        let entries: BTreeMap<String, StaticUser> = serde_json::from_str(text).map_err(|_| {
            ValueError::new(
                "one JSON object, of tokens and of who has them, as `TokenTable` documents it",
            )
        })?;
        let empty = Ok(Self::new());
        let table =
            entries.into_iter().fold(empty, |table, (token, user)| table?.token(&token, &user))?;
        if table.is_empty() { Err(ValueError::new("at least one token")) } else { Ok(table) }
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whose a token is. Every entry is looked at, so that the time tells nothing of the place.
    pub(super) fn find(&self, token: &Token<'_>, now: Duration) -> Result<Claims, AuthError> {
        let digest = TokenDigest::of(token);
        let found = self
            .0
            .iter()
            .fold(None, |found, entry| if entry.digest == digest { Some(entry) } else { found });
        let entry = found.ok_or(AuthError::TokenInactive)?;
        match entry.expires {
            Some(expires) if now >= expires => Err(AuthError::Expired),
            _ => Ok(entry.claims.clone()),
        }
    }
}

/// Long enough, of many characters, and such as a header can bring.
fn looks_random(token: &str) -> bool {
    let mut different: Vec<_> = token.bytes().collect();
    different.sort_unstable();
    different.dedup();
    token.len() >= LEAST
        && different.len() >= LEAST_DIFFERENT
        && token.bytes().all(|byte| byte.is_ascii_graphic())
}

impl fmt::Debug for TokenTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} tokens", self.0.len())
    }
}

impl FromEnv for TokenTable {
    const KIND: Kind = Kind::Text;
    const SECRET: bool = true;

    fn from_env(text: &str) -> Result<Self, ValueError> {
        Self::from_json(text)
    }
}

impl TryFrom<&str> for TokenTable {
    type Error = ValueError;

    fn try_from(text: &str) -> Result<Self, ValueError> {
        Self::from_json(text)
    }
}
