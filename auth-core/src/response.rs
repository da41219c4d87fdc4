//! Step 10: a refusal in, an HTTP answer out. The only file that knows status codes.
//!
//! The client reads one of five fixed texts: nothing in them depends on the token, so nothing in
//! them helps to forge one. Challenges follow RFC 6750, section 3.

use http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, Response, StatusCode};

use crate::decision::Denial;
use crate::error::Class;

/// Seconds after which a caller may ask again when nobody could find out.
const RETRY_AFTER_SECONDS: &str = "5";

/// What the client gets to read.
struct Answer {
    status: StatusCode,
    challenge: Option<&'static str>,
    body: &'static str,
}

const NO_CREDENTIAL: Answer = Answer {
    status: StatusCode::UNAUTHORIZED,
    // At least one parameter has to follow the scheme; without a token there is no error to name.
    challenge: Some(r#"Bearer realm="api""#),
    body: r#"{"error":"Authentication required"}"#,
};

const BAD_REQUEST: Answer = Answer {
    status: StatusCode::UNAUTHORIZED,
    challenge: Some(
        r#"Bearer error="invalid_request", error_description="The Authorization header is malformed""#,
    ),
    body: r#"{"error":"Malformed credentials"}"#,
};

const BAD_CREDENTIAL: Answer = Answer {
    status: StatusCode::UNAUTHORIZED,
    challenge: Some(
        r#"Bearer error="invalid_token", error_description="The token is invalid or has expired""#,
    ),
    body: r#"{"error":"Invalid or expired token"}"#,
};

const FORBIDDEN: Answer =
    Answer { status: StatusCode::FORBIDDEN, challenge: None, body: r#"{"error":"Access denied"}"# };

const UNAVAILABLE: Answer = Answer {
    status: StatusCode::SERVICE_UNAVAILABLE,
    challenge: None,
    body: r#"{"error":"Authentication is temporarily unavailable"}"#,
};

impl Class {
    const fn answer(self) -> &'static Answer {
        match self {
            Self::NoCredential => &NO_CREDENTIAL,
            Self::BadRequest => &BAD_REQUEST,
            Self::BadCredential => &BAD_CREDENTIAL,
            Self::Forbidden => &FORBIDDEN,
            Self::Unavailable => &UNAVAILABLE,
        }
    }
}

impl Denial {
    /// 401: the credential is bad. 403: the caller is known and refused. 503: nobody could find
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
        if let Some(challenge) = answer.challenge {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        if answer.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER_SECONDS));
        }
        response
    }
}
