//! Who authenticates: the field that verifies, or an impl by hand.

use auth_core::{
    AuthProvider, Claims, Configured, HmacSecret, Principal, Request, Token, Verifier,
};
use futures_util::FutureExt;

use crate::environment;

const SECRET: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f0-example";
/// `user_1`, until the year 2100, for `api`, signed with [`SECRET`].
const TOKEN: &str = concat!(
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ1c2VyXzEiLCJpc3MiOiJodHRwczo",
    "vL2FjbWUuZXhhbXBsZS8iLCJhdWQiOiJhcGkiLCJleHAiOjQxMDI0NDQ4MDB9.aY3QAwKg3y2C3A",
    "Iugw0t5lOep0DwmahKXkPBgx1nnm0",
);

#[derive(AuthProvider)]
#[auth(name = "acme")]
struct Acme {
    #[auth(env = "ACME_SECRET")]
    secret: HmacSecret,
    #[auth(env = "ACME_AUDIENCE")]
    audience: String,
    #[auth(verify = Verifier::hmac(secret).issuer("https://acme.example/").audience(audience))]
    verifier: Verifier,
}

fn acme(audience: &str) -> Configured<Acme> {
    let variables = environment([("ACME_SECRET", SECRET), ("ACME_AUDIENCE", audience)]);
    Acme::from_environment(&variables).unwrap()
}

fn authenticate(acme: &Configured<Acme>) -> Result<Claims, auth_core::AuthError> {
    let request = http::Request::get("/").body(()).unwrap();
    let token = Token::new(TOKEN);
    acme.authenticate(&token, &Request::from(&request)).now_or_never().unwrap()
}

#[test]
fn delegates_to_the_field_that_verifies() {
    assert_eq!(authenticate(&acme("api")).unwrap().subject(), "user_1");
    assert_eq!(authenticate(&acme("other")).unwrap_err().code(), "audience_mismatch");
}

#[test]
fn shows_the_verifier_to_a_harness() {
    let acme = acme("api");
    assert_eq!(acme.verifier().unwrap().audiences(), ["api"]);
}

#[test]
fn gives_rules_the_claims_of_the_user() {
    let builder = Acme::builder().secret(SECRET).audience("api");
    let acme = builder
        .authorize_user(|user, _| user.claim("sub") == Some("user_2"))
        .map_user_to_resource_id(|user| user.claim("sub").map(str::to_owned))
        .build_in(&environment([]))
        .unwrap();
    let user = authenticate(&acme).unwrap();
    assert_eq!(acme.resource_id(&user), Ok("user_1".to_owned()));
    let request = http::Request::get("/").body(()).unwrap();
    let access = acme.authorize(&user, &Request::from(&request)).now_or_never().unwrap();
    assert_eq!(access, Ok(auth_core::Access::Refused));
}
