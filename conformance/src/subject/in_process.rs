//! A provider in this very process, asked as a server and as a library.

use std::panic::AssertUnwindSafe;

use auth_core::any::AnyProvider;
use auth_core::token::TokenSource;
use auth_core::{Configured, Denial, Gate, Request, Token};
use futures_util::FutureExt;
use http::HeaderValue;
use http::header::{AUTHORIZATION, COOKIE};

use super::answer::Answer;
use super::profile::Profile;

/// A running instance.
#[derive(Debug)]
pub struct InProcess {
    gate: Gate<AnyProvider>,
}

impl InProcess {
    /// An instance of a configured provider.
    pub fn new(provider: Configured<AnyProvider>) -> Self {
        Self { gate: Gate::new(provider) }
    }

    /// What it promises.
    pub fn profile(&self) -> Profile {
        let provider = self.gate.provider();
        let is_bearer = |source: &TokenSource| *source == TokenSource::Authorization;
        Profile {
            is_bearer: provider.token_sources().first().is_some_and(is_bearer),
            ..Profile::of(provider.verifier())
        }
    }

    /// Puts a token to it as a server would: in the first place where it looks for one, the
    /// `Authorization` header mostly, if it can stand there.
    pub async fn ask(&self, token: &str) -> Answer {
        let (name, text) = match self.gate.provider().token_sources().first() {
            Some(TokenSource::Header(name)) => (name.clone(), token.to_owned()),
            Some(TokenSource::Cookie(name)) => (COOKIE, format!("{name}={token}")),
            _ => (AUTHORIZATION, format!("Bearer {token}")),
        };
        // What a cookie cannot hold (RFC 6265, section 4.1.1) would arrive as something else.
        let is_at_home = name != COOKIE || token.bytes().all(is_cookie_octet);
        let value = HeaderValue::from_bytes(text.as_bytes()).ok().filter(|_| is_at_home);
        let Some(value) = value else { return self.ask_directly(token).await };
        let mut request = orders();
        request.headers_mut().append(name, value);
        self.send(&request).await
    }

    /// Puts `Authorization` headers to it, in this order.
    pub async fn ask_with(&self, headers: impl IntoIterator<Item = HeaderValue>) -> Answer {
        let mut request = orders();
        for header in headers {
            request.headers_mut().append(AUTHORIZATION, header);
        }
        self.send(&request).await
    }

    /// Puts a whole request to it.
    pub async fn send(&self, request: &http::Request<()>) -> Answer {
        let request = Request::from(request);
        let decided = AssertUnwindSafe(self.gate.decide(&request)).catch_unwind();
        decided.await.map_or_else(|_| Answer::panicked(), |decision| Answer::from(&decision))
    }

    /// Puts a token to it as a library call, where no header stands in the way.
    pub async fn ask_directly(&self, token: &str) -> Answer {
        let request = orders();
        let request = Request::from(&request);
        let (provider, token) = (self.gate.provider(), Token::new(token));
        match AssertUnwindSafe(provider.authenticate(&token, &request)).catch_unwind().await {
            Ok(Ok(user)) => Answer::allowed(Some(&user)),
            Ok(Err(error)) => Answer::denied(&Denial::from(error)),
            Err(_) => Answer::panicked(),
        }
    }
}

const fn is_cookie_octet(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\')
}

/// The request that tokens are sent with.
pub(crate) fn orders() -> http::Request<()> {
    http::Request::get("/orders").body(()).expect("a plain request")
}
