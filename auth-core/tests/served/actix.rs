//! The middleware for actix-web: what handlers may believe, what clients read, and where a client's
//! certificate is found.

use std::net::{SocketAddr, TcpListener};

use actix_web::dev::Service as _;
use actix_web::{App, HttpMessage as _, HttpServer, web};
use auth_core::actix::{AuthMiddleware, User};
use auth_core::config::Vars;
use auth_core::metadata::ResourceMetadata;
use auth_core::proof::{CertificateBinding, ClientCertificate};
use auth_core::{
    AuthProvider, Claims, Configured, Environment, Gate, HmacSecret, Principal as _, Verifier,
};
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::json;

use crate::app::{SECRET, Served, bearer, provider};
use crate::raw::{Answer, send};

/// Serves an application of actix-web's, whose server has threads of its own.
macro_rules! start {
    ($app:expr $(, $set_up:ident($($argument:expr),*))*) => {{
        let (listener, address) = $crate::actix::listener();
        std::thread::spawn(move || {
            let server = HttpServer::new(move || $app).workers(1);
            let serving = async {
                server$(.$set_up($($argument),*))*.listen(listener).unwrap().run().await
            };
            actix_web::rt::System::new().block_on(serving).unwrap();
        });
        address
    }};
}
pub(crate) use start;

/// A listener on a port of its own.
pub(crate) fn listener() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

#[derive(AuthProvider)]
#[auth(name = "bound", register = false)]
struct Bound {
    #[auth(env = "BOUND_SECRET")]
    secret: HmacSecret,
    #[auth(verify = Verifier::hmac(secret)
        .issuer("https://issuer.example/")
        .audience("api")
        .certificate_binding(CertificateBinding::accepted()))]
    verifier: Verifier,
}

fn bound() -> Configured<Bound> {
    let vars = Vars::from([("BOUND_SECRET", SECRET)]);
    Bound::builder().build_in(&Environment::process().with_vars(vars)).unwrap()
}

async fn whoami(user: Option<User>) -> String {
    user.map_or_else(|| "nobody".to_owned(), |User(user)| user.subject().to_owned())
}

async fn me(User(user): User) -> String {
    user.subject().to_owned()
}

fn gate() -> Gate<Served> {
    let metadata = ResourceMetadata::of("https://api.acme.example/mcp");
    let metadata = metadata.authorization_server("https://issuer.example/");
    Gate::builder(provider())
        .public(["/public", "/public/me"])
        .optional(["/feed"])
        .resource_metadata(metadata)
        .build()
        .unwrap()
}

/// The answer of an application in front of whose gate somebody has planted a user.
async fn ask(method: &str, path: &str, headers: &[&str]) -> Answer {
    let guard = AuthMiddleware::of(gate());
    let server = start!(
        App::new()
            .route("/public", web::get().to(whoami))
            .route("/public/me", web::get().to(me))
            .route("/feed", web::get().to(whoami))
            .route("/me", web::get().to(me))
            .wrap(guard.clone())
            .wrap_fn(|request, inner| {
                let mallory = json!({"sub": "mallory"}).as_object().cloned().unwrap();
                request.extensions_mut().insert(Claims::vouched_for(mallory));
                inner.call(request)
            })
    );
    send(server, method, path.as_bytes(), headers).await
}

#[tokio::test]
async fn nobody_but_the_gate_says_who_the_user_is() {
    let token = bearer(&json!({}));
    assert_eq!(ask("GET", "/public", &[]).await.body, "nobody");
    assert_eq!(ask("GET", "/feed", &[]).await.body, "nobody");
    assert_eq!(ask("GET", "/feed", &[&token]).await.body, "user-1");
    assert_eq!(ask("GET", "/me", &[&token]).await.body, "user-1");
}

#[tokio::test]
async fn a_handler_that_asks_for_a_user_on_a_public_path_answers_401() {
    let answer = ask("GET", "/public/me", &[]).await;
    assert_eq!(answer.status, 401);
    assert_eq!(answer.header("www-authenticate"), [r#"Bearer realm="api""#]);
    assert_eq!(answer.body, r#"{"error":"Authentication required"}"#);
}

#[tokio::test]
async fn a_header_that_comes_twice_is_read_as_twice() {
    let token = bearer(&json!({}));
    let answer = ask("GET", "/me", &[&token, "authorization: Bearer a.b.c"]).await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (401, r#"{"error":"Malformed credentials"}"#)
    );
}

#[tokio::test]
async fn the_document_is_served_and_answers_to_head_have_no_body() {
    const PATH: &str = "/.well-known/oauth-protected-resource/mcp";
    let document = ask("GET", PATH, &[]).await;
    assert_eq!((document.status, document.header("content-type")), (200, vec!["application/json"]));
    assert!(document.body.contains(r#""resource":"https://api.acme.example/mcp""#));
    for (path, status) in [(PATH, 200), ("/me", 401)] {
        let answer = ask("HEAD", path, &[]).await;
        assert_eq!((answer.status, answer.body.as_str()), (status, ""), "{path}");
    }
}

#[tokio::test]
async fn a_bound_token_comes_with_the_certificate_of_its_connection() {
    let made = rcgen::generate_simple_self_signed(["client.example".to_owned()]).unwrap();
    let shown = ClientCertificate::from_der(made.cert.der());
    let thumbprint = BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, made.cert.der()));
    let token = bearer(&json!({"cnf": {"x5t#S256": thumbprint}}));
    let guard = AuthMiddleware::new(bound());
    let anonymous = guard.clone();
    let with = start!(
        App::new().route("/me", web::get().to(me)).wrap(guard.clone()),
        on_connect(move |_, extensions| {
            extensions.insert(shown.clone());
        })
    );
    let without = start!(App::new().route("/me", web::get().to(me)).wrap(anonymous.clone()));
    assert_eq!(send(with, "GET", b"/me", &[&token]).await.body, "user-1");
    assert_eq!(send(without, "GET", b"/me", &[&token]).await.status, 401);
}
