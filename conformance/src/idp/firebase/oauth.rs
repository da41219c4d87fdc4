//! Google's token endpoint for service accounts: an assertion in, an access token or the reason
//! against it out. See <https://developers.google.com/identity/protocols/oauth2/service-account>.

use auth_core::Algorithm;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::account::{EMAIL, KEY};
use crate::idp::{Asking, Endpoint, Reply};

/// The endpoint, which is also the audience of assertions.
const ADDRESS: &str = "https://oauth2.googleapis.com/token";

const GRANT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// The scopes that there are, as far as this fake knows.
const SCOPES: [&str; 3] = [
    "https://www.googleapis.com/auth/cloud-platform",
    "https://www.googleapis.com/auth/datastore",
    "https://www.googleapis.com/auth/identitytoolkit",
];

/// A token for an assertion. Asked about once an hour, not for every user.
pub(super) const TOKEN: Endpoint = Endpoint {
    name: "token",
    host: "oauth2.googleapis.com",
    method: "POST",
    path: "/token",
    is_asked: false,
    answer: token,
};

fn token(asking: &Asking<'_>) -> Reply {
    if asking.form("grant_type").as_deref() != Some(GRANT) {
        return refused("unsupported_grant_type", "Invalid grant_type");
    }
    let assertion = asking.form("assertion").unwrap_or_default();
    match scope(&assertion, asking.now) {
        Ok(scope) => grant(asking, &scope),
        Err((error, description)) => refused(error, description),
    }
}

fn grant(asking: &Asking<'_>, scope: &str) -> Reply {
    let mut granted = asking.fact("granted").as_object().cloned().unwrap_or_default();
    let token = format!("ya29.c.{:0>40}", granted.len() + 1);
    let lifetime = asking.fact("token_lifetime").as_u64().unwrap_or(3599);
    let grant = json!({ "scope": scope, "expires": asking.now + lifetime });
    granted.insert(token.clone(), grant);
    asking.set_fact("granted", granted);
    let answer = json!({ "access_token": token, "expires_in": lifetime, "token_type": "Bearer" });
    Reply::json(200, &answer)
}

/// The scope that a good assertion asks for.
fn scope(assertion: &str, now: u64) -> Result<String, (&'static str, &'static str)> {
    let parts: Vec<_> = assertion.split('.').collect();
    let [header, payload, signature] = parts[..] else {
        return Err(("invalid_request", "Bad Request"));
    };
    let json = |part: &str| -> Option<Value> {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
    };
    let (header, claims) = (json(header).unwrap_or_default(), json(payload).unwrap_or_default());
    let message = &assertion.as_bytes()[..assertion.rfind('.').unwrap_or(0)];
    let signed = KEY.sign(Algorithm::RS256, message);
    // PKCS #1 v1.5 is deterministic: there is one signature of a message.
    let is_signed = URL_SAFE_NO_PAD.decode(signature).is_ok_and(|signature| signature == signed);
    if claims["iss"] != EMAIL {
        return Err(("invalid_grant", "Invalid grant: account not found"));
    }
    if header["alg"] != "RS256" || !is_signed {
        return Err(("invalid_grant", "Invalid JWT Signature."));
    }
    if claims["aud"] != ADDRESS {
        return Err(("invalid_grant", "Invalid JWT: Failed audience check."));
    }
    let (issued, expires) = (claims["iat"].as_u64(), claims["exp"].as_u64());
    let is_timely = |issued: u64, expires: u64| {
        issued <= now + 300 && now < expires && expires.saturating_sub(issued) <= 3600
    };
    if !issued.zip(expires).is_some_and(|(issued, expires)| is_timely(issued, expires)) {
        let problem = "Invalid JWT: Token must be a short-lived token (60 minutes) and in a \
                       reasonable timeframe. Check your iat and exp values in the JWT claim.";
        return Err(("invalid_grant", problem));
    }
    let scope = claims["scope"].as_str().unwrap_or_default();
    if scope.split(' ').any(|scope| !SCOPES.contains(&scope)) {
        return Err(("invalid_scope", "Invalid OAuth scope or ID token audience provided."));
    }
    Ok(scope.to_owned())
}

fn refused(error: &str, description: &str) -> Reply {
    Reply::json(400, &json!({ "error": error, "error_description": description }))
}
