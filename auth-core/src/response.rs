//! Step 10: a refusal in, an HTTP answer out. The only file that knows status codes.
//!
//! The client reads one of six fixed texts: nothing in them depends on the token, so nothing in
//! them helps to forge one. What a 401 asks for is said by `challenge`.

use http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, Response, StatusCode};

use crate::decision::Denial;
use crate::error::{AuthError, Class};
use crate::proof::BindingError;

/// Seconds after which a caller may ask again when nobody could find out.
const RETRY_AFTER_SECONDS: &str = "5";

/// What the client gets to read.
struct Answer {
    status: StatusCode,
    body: &'static str,
}

const NO_CREDENTIAL: Answer =
    Answer { status: StatusCode::UNAUTHORIZED, body: r#"{"error":"Authentication required"}"# };

const BAD_REQUEST: Answer =
    Answer { status: StatusCode::UNAUTHORIZED, body: r#"{"error":"Malformed credentials"}"# };

const BAD_TARGET: Answer =
    Answer { status: StatusCode::BAD_REQUEST, body: r#"{"error":"Malformed request target"}"# };

const BAD_CREDENTIAL: Answer =
    Answer { status: StatusCode::UNAUTHORIZED, body: r#"{"error":"Invalid or expired token"}"# };

const FORBIDDEN: Answer =
    Answer { status: StatusCode::FORBIDDEN, body: r#"{"error":"Access denied"}"# };

const UNAVAILABLE: Answer = Answer {
    status: StatusCode::SERVICE_UNAVAILABLE,
    body: r#"{"error":"Authentication is temporarily unavailable"}"#,
};

impl Class {
    const fn answer(self) -> &'static Answer {
        match self {
            Self::NoCredential => &NO_CREDENTIAL,
            Self::BadRequest => &BAD_REQUEST,
            Self::BadTarget => &BAD_TARGET,
            Self::BadCredential => &BAD_CREDENTIAL,
            Self::Forbidden => &FORBIDDEN,
            Self::Unavailable => &UNAVAILABLE,
        }
    }
}

impl Denial {
    /// 400: the request's path could be read in two ways. 401: the credential is bad. 403: the caller is known and refused. 503: nobody could find
    /// out.
    pub const fn status(&self) -> StatusCode {
        self.class().answer().status
    }

    /// The answer to send, its body in whatever type the server uses.
    ///
    /// ```
    /// # use auth_core::{Authenticate, AuthError, Claims, Configured, Gate, Request, Token};
    /// # struct Nobody;
    /// # impl Authenticate for Nobody {
    /// #     type User = Claims;
    /// #     async fn authenticate(&self, _: &Token<'_>, _: &Request<'_>) -> Result<Claims, AuthError> {
    /// #         Err(AuthError::Expired)
    /// #     }
    /// # }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// # let gate = Gate::new(Configured::new(Nobody, "nobody"));
    /// # let request = http::Request::get("/").header("authorization", "Bearer abc").body(()).unwrap();
    /// # let decision = gate.decide(&Request::from(&request)).await;
    /// let denial = decision.denial().unwrap();
    /// let answer: http::Response<String> = denial.to_response();
    /// assert_eq!(answer.status(), 401);
    /// assert_eq!(answer.body(), r#"{"error":"Invalid or expired token"}"#);
    /// # }
    /// ```
    pub fn to_response<B: From<&'static str>>(&self) -> Response<B> {
        let answer = self.class().answer();
        let mut response = Response::new(B::from(answer.body));
        *response.status_mut() = answer.status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        for challenge in self.challenges().values(self.error()) {
            headers.append(WWW_AUTHENTICATE, challenge);
        }
        if let Some(nonce) = self.nonce() {
            headers.insert("dpop-nonce", nonce);
        }
        if answer.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER_SECONDS));
        }
        response
    }

    /// The nonce that the client's next proof has to hold (RFC 9449, section 9).
    fn nonce(&self) -> Option<HeaderValue> {
        match self.error() {
            AuthError::Binding(BindingError::NonceRequired(nonce)) => {
                HeaderValue::from_str(nonce.as_str()).ok()
            }
            _ => None,
        }
    }
}
