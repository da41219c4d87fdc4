//! What the project's server is asked: a verified token in, whether its session still is and whether
//! its user is an administrator out. Answers count for half a minute.

use std::sync::Arc;
use std::time::Duration;

use auth_core::token::TokenDigest;
use auth_core::upstream::{
    Memo, MemoOptions, Upstream, UpstreamBody, UpstreamError, UpstreamSetupError,
};
use auth_core::{AuthError, Environment, Secret};
use http::HeaderName;
use serde::Deserialize;

use super::project::ProjectUrl;
use super::user::SupabaseUser;

/// How long a session that was ended may go on, and how many answers are kept.
const KEPT: MemoOptions = MemoOptions { lifetime: Duration::from_secs(30), capacity: 10_000 };

/// A project's server, asked with the user's own token beside our publishable key.
pub(super) struct Server {
    upstream: Upstream,
    sessions: Memo<TokenDigest, Session>,
    admins: Memo<TokenDigest, bool>,
}

/// What the server says of a token.
#[derive(Clone, PartialEq, Eq)]
enum Session {
    /// It is this user's, and good.
    Of(String),
    Over,
}

/// `GET /auth/v1/user`.
#[derive(Deserialize)]
struct User {
    id: String,
}

/// A row of the table `users`.
#[derive(Deserialize)]
struct Row {
    is_admin: bool,
}

/// An error of the authentication server, as far as it is looked at.
#[derive(Deserialize)]
struct Refusal {
    error_code: String,
}

/// What it says of a token that is no longer good; anything else is about us.
const OVER: [&str; 5] =
    ["bad_jwt", "session_expired", "session_not_found", "user_banned", "user_not_found"];

impl Server {
    pub(super) fn new(
        url: &ProjectUrl,
        key: &Secret<String>,
        environment: &Environment,
    ) -> Result<Self, UpstreamSetupError> {
        let upstream = Upstream::at(url.as_str(), environment)?
            .header(HeaderName::from_static("apikey"), key)?;
        let (sessions, admins) = (Memo::new(KEPT, environment), Memo::new(KEPT, environment));
        Ok(Self { upstream, sessions, admins })
    }

    /// Whether the user's session still is.
    pub(super) async fn check_session(&self, user: &SupabaseUser) -> Result<(), AuthError> {
        let (upstream, token) = (self.upstream.clone(), Arc::clone(user.token()));
        let key = TokenDigest::of_text(token.expose());
        match self.sessions.get(key, || session(upstream, token)).await? {
            Session::Of(id) if id == user.id() => Ok(()),
            Session::Of(_) | Session::Over => Err(AuthError::UserInactive),
        }
    }

    /// Whether the row of the user in the table `users` says that they are an administrator. The
    /// database answers them, not us: what its policies hide from them counts as no.
    pub(super) async fn is_admin(&self, user: &SupabaseUser) -> Result<bool, AuthError> {
        let (upstream, token) = (self.upstream.clone(), Arc::clone(user.token()));
        let key = TokenDigest::of_text(token.expose());
        let id = user.id().to_owned();
        Ok(self.admins.get(key, || is_admin(upstream, token, id)).await?)
    }
}

async fn session(upstream: Upstream, token: Arc<Secret<String>>) -> Result<Session, UpstreamError> {
    let question = upstream.get(&["auth", "v1", "user"]).bearer(&token).under_our_limit();
    match question.json::<User>().await {
        Ok(user) => Ok(Session::Of(user.id)),
        Err(UpstreamError::TokenRefused { body, .. }) if is_over(&body) => Ok(Session::Over),
        Err(error) => Err(error),
    }
}

fn is_over(body: &UpstreamBody) -> bool {
    body.json::<Refusal>().is_some_and(|refusal| OVER.contains(&refusal.error_code.as_str()))
}

async fn is_admin(
    upstream: Upstream,
    token: Arc<Secret<String>>,
    id: String,
) -> Result<bool, UpstreamError> {
    let question = upstream.get(&["rest", "v1", "users"]).query("select", "is_admin");
    let question = question.query("id", &format!("eq.{id}")).query("limit", "2");
    let rows: Vec<Row> = question.bearer(&token).under_our_limit().json().await?;
    Ok(matches!(&rows[..], [Row { is_admin: true }]))
}
