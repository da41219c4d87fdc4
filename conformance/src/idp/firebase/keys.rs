//! The other places at which Google publishes keys: those of ID tokens as a key set, and those of
//! session cookies. See <https://firebase.google.com/docs/auth/admin/manage-cookies>.

use serde_json::{Map, Value, json};

use crate::forge::{KeyRing, SigningKey};
use crate::idp::{Asking, Endpoint, Reply};

const HOST: &str = "www.googleapis.com";

/// The keys of ID tokens, as a JSON Web Key Set.
pub(super) const JWKS: Endpoint = Endpoint {
    name: "jwks",
    host: HOST,
    method: "GET",
    path: "/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com",
    is_asked: false,
    answer: |asking| {
        let keys = [&asking.keys.current, &asking.keys.next].map(|key| {
            let mut jwk = key.jwk();
            jwk["alg"] = json!("RS256");
            jwk
        });
        lasting(Reply::keys(keys))
    },
};

/// The certificates of session cookies.
pub(super) const COOKIE_CERTIFICATES: Endpoint = Endpoint {
    name: "cookie-certificates",
    host: HOST,
    method: "GET",
    path: "/identitytoolkit/v3/relyingparty/publicKeys",
    is_asked: false,
    answer: cookie_certificates,
};

/// The key that session cookies are signed with: none of those of ID tokens.
pub fn cookie_key(keys: &KeyRing) -> SigningKey {
    keys.stranger.clone().named("cookie-key")
}

fn cookie_certificates(asking: &Asking<'_>) -> Reply {
    let key = cookie_key(asking.keys);
    let certificate = Value::from(key.certificate_pem());
    let map = Map::from_iter([(key.id().to_owned(), certificate)]);
    lasting(Reply::json(200, &Value::Object(map)))
}

fn lasting(reply: Reply) -> Reply {
    reply.header("cache-control", "public, max-age=19302, must-revalidate, no-transform")
}
