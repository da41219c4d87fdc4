//! A vendor's fake, used as somebody's own tests would: what it serves, how it misbehaves, and what
//! it remembers.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use auth_conformance::fake::{Fake, NOW};
use auth_conformance::idp::auth0::Auth0Fake;
use auth_conformance::idp::{Asking, Endpoint, Purpose, Reply, Vendor};
use auth_conformance::subject::Registered;
use auth_core::clock::Clock;
use auth_core::http::{HttpError, HttpRequest, HttpResponse};
use auth_core::{AuthProvider, Claims, Domain, Gate, Request, Verifier};
use auth_providers::Auth0;
use futures_util::future::join;
use serde_json::json;

/// Accepts tokens of issuers that publish certificates.
#[derive(AuthProvider)]
#[auth(name = "certified", register = false)]
struct Certified {
    #[auth(env = "CERTIFIED_DOMAIN")]
    domain: Domain,
    #[auth(verify = Verifier::remote_certificates(domain.url("/certs"))
        .issuer(domain.url("/"))
        .audience("us"))]
    verifier: Verifier,
}

const KEY: &str = "key/of+ours";

const VENDOR: Vendor = Vendor {
    provider: "certified",
    header: &[("typ", "at+jwt"), ("cat", "cl_1")],
    subject: "user_2x",
    endpoints: &[
        Endpoint {
            name: "user",
            host: "api.certified.example",
            method: "GET",
            path: "/v1/users/{}",
            is_asked: false,
            answer: user,
        },
        Endpoint {
            name: "lookup",
            host: "api.certified.example",
            method: "POST",
            path: "/v1/{}:lookup",
            is_asked: false,
            answer: |asking| Reply::json(200, &json!([asking.captured(0), asking.form("token")])),
        },
    ],
    ..Vendor::PLAIN
};

fn user(asking: &Asking<'_>) -> Reply {
    if asking.bearer() != Some(KEY) {
        return Reply::json(401, &json!({"error": "unknown key"}));
    }
    Reply::json(
        200,
        &json!({
            "id": asking.captured(0),
            "page": asking.query("page"),
            "at": asking.now,
            "kid": asking.keys.current.id(),
            "banned": asking.fact("banned"),
        }),
    )
}

async fn certified() -> Fake {
    Fake::of(&Registered::of::<Certified>().played_by(VENDOR)).await.unwrap()
}

/// Asks for a user with a key.
async fn asked(fake: &Fake, path: &str, key: &str) -> Result<HttpResponse, HttpError> {
    let url = format!("https://api.certified.example{path}").parse().unwrap();
    let mut request = HttpRequest::get(url);
    request.headers.insert("authorization", format!("Bearer {key}").parse().unwrap());
    fake.environment().http().send(request).await
}

async fn decided(gate: &Gate<impl AuthProvider<User = Claims>>, token: &str) -> &'static str {
    let request = http::Request::get("/").header("authorization", format!("Bearer {token}"));
    let request = request.body(()).unwrap();
    let decision = gate.decide(&Request::from(&request)).await;
    decision.denial().map_or("allow", |denial| denial.code())
}

#[tokio::test]
async fn an_endpoint_sees_the_whole_question_and_answers_honestly() {
    let mut fake = certified().await;
    fake.issuer.set_fact("banned", json!(["user_9"]));
    fake.advance(5);
    let answer = asked(&fake, "/v1/users/a%2Fb+c?page=2&x=1", KEY).await.unwrap();
    let seen: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    let expected = json!({
        "id": "a/b+c", "page": "2", "at": NOW + 5, "kid": "current", "banned": ["user_9"]
    });
    assert_eq!(seen, expected);
    assert_eq!(asked(&fake, "/v1/users/a", "other").await.unwrap().status, 401);
    let url = "https://api.certified.example/v1/acme:lookup".parse().unwrap();
    let request = HttpRequest::post_form(url, "token=a%20b".to_owned());
    let answer = fake.environment().http().send(request).await.unwrap();
    assert_eq!(answer.body, r#"["acme","a b"]"#);
    assert_eq!((fake.issuer.calls("user"), fake.issuer.calls("lookup")), (2, 1));
    assert_eq!(fake.issuer.strays().len(), 0);
}

#[tokio::test]
async fn what_is_not_there_is_a_stray() {
    let fake = certified().await;
    for path in ["/v1/users", "/v1/users/", "/v1/users/a/b", "/v2/users/a", "/v1/acme:lookup"] {
        assert_eq!(asked(&fake, path, KEY).await.unwrap().status, 404, "{path}");
    }
    assert_eq!(fake.issuer.strays().len(), 5);
    assert_eq!(fake.issuer.calls("user") + fake.issuer.calls("lookup"), 0);
}

#[tokio::test]
async fn credentials_are_found_again_and_never_printed() {
    let fake = certified().await;
    asked(&fake, "/v1/users/a?key=key%2Fof%2Bours", "other").await.unwrap();
    asked(&fake, "/v1/users/a", KEY).await.unwrap();
    asked(&fake, "/v1/users/a", "Ym9i").await.unwrap();
    let all = fake.issuer.asked();
    let holds: Vec<_> = all.iter().map(|asked| asked.holds(KEY)).collect();
    assert_eq!(holds, [true, true, false]);
    assert_eq!(all[0].purpose, Purpose::Endpoint("user"));
    let printed = format!("{all:?} {:?}", fake.issuer);
    assert!(!printed.contains("key/of") && !printed.contains("key%2F"), "{printed}");
}

#[tokio::test]
async fn an_endpoint_misbehaves_and_behaves_again() {
    let fake = certified().await;
    fake.issuer.misbehave("user", Reply::text(500, "text/plain", "oops"));
    assert_eq!(asked(&fake, "/v1/users/a", KEY).await.unwrap().status, 500);
    fake.issuer.misbehave("user", Reply::json(200, &json!({"id": "a"})).cut());
    assert_eq!(asked(&fake, "/v1/users/a", KEY).await.unwrap_err(), HttpError::Broken);
    fake.issuer.behave("user");
    assert_eq!(asked(&fake, "/v1/users/a", KEY).await.unwrap().status, 200);
}

#[tokio::test]
async fn an_answer_is_held_until_it_is_released() {
    let fake = certified().await;
    fake.issuer.misbehave("user", Reply::held());
    let release = async {
        fake.issuer.wait_for_calls("user", 1).await;
        assert_eq!(asked(&fake, "/v1/acme:lookup", KEY).await.unwrap().status, 404, "others go on");
        fake.issuer.behave("user");
    };
    let (answer, ()) = join(asked(&fake, "/v1/users/a", KEY), release).await;
    assert_eq!(answer.unwrap().status, 200);
}

#[tokio::test]
async fn tokens_are_the_vendors_and_its_keys_rotate_in_its_own_shape() {
    let mut fake = certified().await;
    let header = fake.forge.good().header;
    assert_eq!((&header["typ"], &header["cat"]), (&json!("at+jwt"), &json!("cl_1")));
    assert_eq!(fake.forge.good().claims["sub"], "user_2x");
    let gate = Gate::new(Certified::builder().build_in(&fake.environment()).unwrap());
    let old = fake.good_token();
    assert_eq!(decided(&gate, &old).await, "allow");
    fake.rotate();
    assert_eq!(decided(&gate, &fake.good_token()).await, "allow", "it was announced");
    assert_eq!(fake.issuer.fetches(), 1);
    fake.rotate();
    fake.advance(120);
    assert_eq!(decided(&gate, &fake.good_token()).await, "allow", "it is fetched");
    assert_eq!(decided(&gate, &old).await, "key_not_found");
    assert_eq!(fake.issuer.fetches(), 2);
}

#[tokio::test]
async fn a_fake_with_a_name_starts_by_itself() {
    let auth0 = Auth0Fake::start().await;
    assert_eq!(auth0.clock.unix().as_secs(), NOW);
    let gate = Gate::new(Auth0::builder().build_in(&auth0.environment()).unwrap());
    assert_eq!(decided(&gate, &auth0.good_token()).await, "allow");
    let other = auth0.token(|draft| draft.claim("iss", "https://evil.example/"));
    assert_eq!(decided(&gate, &other).await, "issuer_mismatch");
    assert!(!auth0.issuer.asked().iter().any(|asked| asked.holds(&other)));
}
