//! The payload's JSON in, [`Claims`] out: read strictly, once. Next: `document`, then `rules`.

use std::fmt;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::{Map, Number, Value};

use super::document::{Claim, Document};
use super::vocabulary::Vocabulary;
use crate::error::AuthError;
use crate::provider::Principal;

/// The last second of the year 9999: no token is meant to outlive it, and no sum with it wraps.
const LAST_SECOND: u64 = 253_402_300_799;

/// The claims of a verified token (RFC 7519, section 4). Cheap to clone.
///
/// ```
/// # fn greet(claims: &auth_core::Claims) -> Option<String> {
/// let email = claims.claim("email")?;
/// # Some(email.to_owned())
/// # }
/// # assert_eq!(std::mem::size_of::<auth_core::Claims>(), 2 * std::mem::size_of::<usize>());
/// ```
#[derive(Clone)]
pub struct Claims {
    document: Arc<Document>,
    /// Where the vendor says what a user may do; the common words unless it is told.
    vocabulary: Option<Arc<Vocabulary>>,
}

impl Claims {
    pub(crate) fn parse(json: impl Into<Vec<u8>>) -> Result<Self, AuthError> {
        Document::read(json.into())
            .map(|document| Self { document: Arc::new(document), vocabulary: None })
            .ok_or(AuthError::ClaimsMalformed("they are not one JSON object with each member once"))
    }

    /// Claims that come from no token: what a vendor's interface or a table of our own says about
    /// a user. Whoever calls this vouches for them. Members that no token could have (nested deeper
    /// than a verifier reads, or more of them) leave none at all.
    ///
    /// ```
    /// use auth_core::{Claims, Principal};
    ///
    /// let members = serde_json::json!({"sub": "ann", "roles": ["admin"]});
    /// let claims = Claims::vouched_for(members.as_object().cloned().unwrap());
    /// assert_eq!(claims.subject(), "ann");
    /// assert!(claims.has_role("admin"));
    /// ```
    pub fn vouched_for(members: Map<String, Value>) -> Self {
        let json = Value::Object(members).to_string();
        let document = Document::read(json.into()).unwrap_or_else(nothing);
        Self { document: Arc::new(document), vocabulary: None }
    }

    /// A claim as JSON. The first call turns all claims into JSON values; texts and times are had
    /// for less through the other methods.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.document.values().get(name)
    }

    /// A claim that is a text; `None` when it is absent or something else.
    pub fn claim(&self, name: &str) -> Option<&str> {
        match self.look(name)? {
            Claim::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Who issued the token (`iss`).
    pub fn issuer(&self) -> Option<&str> {
        self.claim("iss")
    }

    /// Who the token is for (`aud`): a text or a list of texts.
    pub fn audiences(&self) -> impl Iterator<Item = &str> {
        let (one, many) = match self.look("aud") {
            Some(Claim::Text(text)) => (Some(text), None),
            Some(Claim::Texts(texts)) => (None, Some(texts)),
            _ => (None, None),
        };
        one.into_iter().chain(many.into_iter().flatten())
    }

    /// The same claims, read with a vendor's words from now on.
    ///
    /// ```
    /// use std::sync::Arc;
    ///
    /// use auth_core::jwt::Vocabulary;
    /// use auth_core::{Claims, Principal};
    ///
    /// fn read(claims: Claims) -> Claims {
    ///     claims.speaking(&Arc::new(Vocabulary::new().roles(["realm_access", "roles"])))
    /// }
    /// # let _ = read;
    /// ```
    pub fn speaking(mut self, vocabulary: &Arc<Vocabulary>) -> Self {
        self.vocabulary = Some(Arc::clone(vocabulary));
        self
    }

    /// What was granted to the client: the words of `scope` (RFC 8693, section 4.2), or of what the
    /// vendor has instead.
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        self.vocabulary().scopes_of(self.document.values())
    }

    /// The user's roles.
    pub fn roles(&self) -> impl Iterator<Item = &str> {
        self.vocabulary().roles_of(self.document.values())
    }

    /// The user's permissions.
    pub fn permissions(&self) -> impl Iterator<Item = &str> {
        self.vocabulary().permissions_of(self.document.values())
    }

    /// Whether this very scope was granted.
    pub fn has_scope(&self, scope: &str) -> bool {
        self.scopes().any(|granted| granted == scope)
    }

    /// Whether the user has this very role.
    pub fn has_role(&self, role: &str) -> bool {
        self.roles().any(|given| given == role)
    }

    /// Whether the user has this very permission.
    pub fn has_permission(&self, permission: &str) -> bool {
        self.permissions().any(|given| given == permission)
    }

    /// The organization, or the tenant, in which the user acts.
    pub fn organization(&self) -> Option<&str> {
        self.vocabulary().organization_of(self.document.values())
    }

    fn vocabulary(&self) -> &Vocabulary {
        static COMMON: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::default);
        self.vocabulary.as_deref().unwrap_or(&COMMON)
    }

    /// When the token expires (`exp`), since 1970.
    pub fn expires_at(&self) -> Option<Duration> {
        self.time("exp").ok().flatten()
    }

    /// All claims as the application's own type.
    ///
    /// # Errors
    ///
    /// What serde says is missing or of another type.
    pub fn parse_as<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        T::deserialize(Value::Object(self.document.values().clone()))
    }

    /// The names of all claims.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.document.values().keys().map(String::as_str)
    }

    /// A claim, without turning all of them into JSON values.
    pub(crate) fn look(&self, name: &str) -> Option<Claim<'_>> {
        self.document.find(name)
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.document.len()
    }

    /// A claim that is a time in seconds, whole or not (`NumericDate`, RFC 7519, section 2).
    pub(crate) fn time(&self, name: &'static str) -> Result<Option<Duration>, AuthError> {
        let time = match self.look(name) {
            None => return Ok(None),
            Some(Claim::Number(number)) => numeric_date(number),
            Some(_) => None,
        };
        time.map(Some).ok_or(AuthError::ClaimMalformed(name))
    }
}

fn nothing() -> Document {
    Document::read(b"{}".to_vec()).expect("an object without members is one")
}

fn numeric_date(number: &Number) -> Option<Duration> {
    if let Some(seconds) = number.as_u64() {
        return (seconds <= LAST_SECOND).then(|| Duration::from_secs(seconds));
    }
    let seconds = number.as_f64()?;
    let whole = Duration::try_from_secs_f64(seconds).ok()?;
    (whole.as_secs() <= LAST_SECOND).then_some(whole)
}

/// Two are equal when they say the same, however it is spelled and with whatever words it is read.
impl PartialEq for Claims {
    fn eq(&self, other: &Self) -> bool {
        let (ours, theirs) = (&self.document, &other.document);
        ours.json() == theirs.json() || ours.values() == theirs.values()
    }
}

impl Eq for Claims {}

impl Principal for Claims {
    fn subject(&self) -> &str {
        self.claim("sub").unwrap_or_default()
    }

    fn claims(&self) -> &Claims {
        self
    }
}

/// Names only: the values are about a person.
impl fmt::Debug for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Claims ")?;
        f.debug_set().entries(self.document.values().keys()).finish()
    }
}
