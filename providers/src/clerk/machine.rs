//! Whom an opaque token stands for, as Clerk says: a token in, its verified answer out.
//!
//! Asked below `/v1`, as the API's reference has it. An answer is kept for a short time under the
//! token's hash, a no as well. Next: `user`.

use std::sync::Arc;
use std::time::Duration;

use auth_core::clock::Clock;
use auth_core::jwt::Vocabulary;
use auth_core::token::TokenDigest;
use auth_core::upstream::{Memo, Upstream, UpstreamError};
use auth_core::{AuthError, Claims, Environment, Token};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::api;
use super::machine_token::ClerkMachineToken;

/// Who asks about opaque tokens.
#[derive(Debug)]
pub(super) struct Machines {
    accepted: Vec<ClerkMachineToken>,
    machine_id: Option<String>,
    api: Upstream,
    memo: Memo<TokenDigest, Option<Arc<Standing>>>,
    clock: Arc<dyn Clock>,
    vocabulary: Arc<Vocabulary>,
}

/// What Clerk says of a token.
#[derive(Deserialize)]
struct Standing {
    subject: String,
    #[serde(default)]
    scopes: Option<Vec<String>>,
    #[serde(default)]
    claims: Option<Map<String, Value>>,
    #[serde(default)]
    client_id: Option<String>,
    revoked: bool,
    expired: bool,
    #[serde(default)]
    expiration: Option<u64>,
}

/// What it says of an OAuth token that has ended.
#[derive(Deserialize)]
struct Inactive {
    active: bool,
}

impl Machines {
    pub(super) fn open(
        accepted: &[ClerkMachineToken],
        machine_id: Option<&String>,
        api: Option<&Upstream>,
        cache_for: Duration,
        environment: &Environment,
    ) -> Result<Option<Self>, String> {
        if accepted.is_empty() {
            return Ok(None);
        }
        let api = api::needed(api, "machine_tokens")?;
        let is_named = machine_id.is_some_and(|id| id.starts_with("mch_"));
        if accepted.contains(&ClerkMachineToken::M2m) && !is_named {
            return Err("`machine_tokens` with m2m needs to know which machine this server is: \
                        call `.machine_id(\"mch_..\")` or set CLERK_MACHINE_ID"
                .to_owned());
        }
        Ok(Some(Self {
            accepted: accepted.to_vec(),
            machine_id: machine_id.cloned(),
            api,
            memo: Memo::new(api::keeping(cache_for)?, environment),
            clock: Arc::clone(environment.clock()),
            vocabulary: Arc::new(Vocabulary::new().scope_list(["scopes"])),
        }))
    }

    /// The claims of a token's owner.
    pub(super) async fn verify(
        &self,
        kind: ClerkMachineToken,
        token: &Token<'_>,
    ) -> Result<Claims, AuthError> {
        if !self.accepted.contains(&kind) {
            return Err(AuthError::TypeNotAllowed);
        }
        let (api, text) = (self.api.clone(), token.expose().to_owned());
        let known =
            self.memo.get(TokenDigest::of(token), || async move { ask(&api, kind, &text).await });
        let standing = known.await?.ok_or(AuthError::TokenInactive)?;
        self.judge(kind, &standing)?;
        Ok(standing.claims(kind).speaking(&self.vocabulary))
    }

    fn judge(&self, kind: ClerkMachineToken, standing: &Standing) -> Result<(), AuthError> {
        if standing.revoked {
            return Err(AuthError::TokenInactive);
        }
        let ends = standing.expires_at(kind);
        if standing.expired || ends.is_some_and(|end| end <= self.clock.unix()) {
            return Err(AuthError::Expired);
        }
        let mut scopes = standing.scopes.iter().flatten();
        let is_for_us = kind != ClerkMachineToken::M2m
            || scopes.any(|scope| Some(scope) == self.machine_id.as_ref());
        if is_for_us { Ok(()) } else { Err(AuthError::AudienceMismatch) }
    }
}

/// What Clerk says; nothing when it knows no such token.
async fn ask(
    api: &Upstream,
    kind: ClerkMachineToken,
    token: &str,
) -> Result<Option<Arc<Standing>>, UpstreamError> {
    let question = match kind {
        ClerkMachineToken::M2m => api.post(&["m2m_tokens", "verify"], &json!({"token": token})),
        ClerkMachineToken::ApiKey => api.post(&["api_keys", "verify"], &json!({"secret": token})),
        ClerkMachineToken::OAuth => api.post(
            &["oauth_applications", "access_tokens", "verify"],
            &json!({"access_token": token}),
        ),
    };
    let answer = match question.send().await {
        Err(UpstreamError::NotFound(_)) => return Ok(None),
        answer => answer?,
    };
    if answer.json::<Inactive>().is_ok_and(|answer| !answer.active) {
        return Ok(None);
    }
    let standing: Standing = answer.json()?;
    let owner = owners(kind).iter().find(|prefix| standing.subject.starts_with(**prefix));
    owner
        .map(|_| Some(Arc::new(standing)))
        .ok_or(UpstreamError::Malformed("the token's owner is of another kind than the token"))
}

/// How ids of those begin who may own a token.
const fn owners(kind: ClerkMachineToken) -> &'static [&'static str] {
    match kind {
        ClerkMachineToken::M2m => &["mch_"],
        ClerkMachineToken::OAuth => &["user_"],
        ClerkMachineToken::ApiKey => &["user_", "org_", "mch_"],
    }
}

impl Standing {
    /// OAuth tokens end at a second, the others at a millisecond.
    fn expires_at(&self, kind: ClerkMachineToken) -> Option<Duration> {
        self.expiration.map(match kind {
            ClerkMachineToken::OAuth => Duration::from_secs,
            ClerkMachineToken::M2m | ClerkMachineToken::ApiKey => Duration::from_millis,
        })
    }

    /// In the words of RFC 7519, and the token's own claims as one member.
    fn claims(&self, kind: ClerkMachineToken) -> Claims {
        let mut members = Map::new();
        members.insert("sub".to_owned(), json!(self.subject));
        members.insert("scopes".to_owned(), json!(self.scopes.as_deref().unwrap_or_default()));
        if let Some(client) = &self.client_id {
            members.insert("client_id".to_owned(), json!(client));
        }
        if let Some(claims) = &self.claims {
            members.insert("claims".to_owned(), json!(claims));
        }
        if let Some(end) = self.expires_at(kind) {
            members.insert("exp".to_owned(), json!(end.as_secs()));
        }
        Claims::vouched_for(members)
    }
}
