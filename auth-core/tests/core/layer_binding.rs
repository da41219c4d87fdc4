//! Bound tokens from end to end: a derived provider behind the tower layer, proofs from headers, and
//! the client's certificate from the request's extensions.

use std::convert::Infallible;
use std::future::ready;

use auth_core::config::Vars;
use auth_core::layer::AuthLayer;
use auth_core::proof::{CertificateBinding, ClientCertificate, Dpop};
use auth_core::{AuthProvider, Claims, HmacSecret, Principal as _, Verifier};
use http::{Request, Response};
use serde_json::json;
use tower::{Layer as _, ServiceExt as _, service_fn};

use crate::binding::certificate;
use crate::holder::{Holder, bearer_token, request, token_with};
use crate::keys::SECRET;
use crate::layer::read;
use crate::{AUDIENCE, ISSUER, environment};

#[derive(AuthProvider)]
#[auth(name = "bound", register = false)]
struct Bound {
    #[auth(env = "BOUND_SECRET")]
    secret: HmacSecret,
    #[auth(verify = Verifier::hmac(secret)
        .issuer(ISSUER)
        .audience(AUDIENCE)
        .dpop(Dpop::accepted().origin("https://api.example"))
        .certificate_binding(CertificateBinding::accepted()))]
    verifier: Verifier,
}

fn layer() -> AuthLayer<Bound> {
    let environment = environment().with_vars(Vars::from([("BOUND_SECRET", SECRET)]));
    AuthLayer::new(Bound::builder().build_in(&environment).unwrap())
}

/// The status, and who came in or what is asked for.
async fn send(layer: &AuthLayer<Bound>, request: Request<()>) -> (u16, Vec<String>) {
    let echo = service_fn(|request: Request<()>| {
        let user = request.extensions().get::<Claims>().map_or("nobody", |user| user.subject());
        ready(Ok::<_, Infallible>(Response::new(user.to_owned())))
    });
    let answer = read(layer.clone().layer(echo).oneshot(request).await.unwrap()).await;
    let challenges = answer.headers().get_all("www-authenticate").iter();
    let mut said: Vec<_> = challenges.map(|value| value.to_str().unwrap().to_owned()).collect();
    if said.is_empty() {
        said.push(answer.body().clone());
    }
    (answer.status().as_u16(), said)
}

#[tokio::test]
async fn a_proof_lets_its_holder_in_once() {
    let (holder, layer) = (Holder::new(), layer());
    let token = holder.token();
    let sent = request(&format!("DPoP {token}"), &[&holder.proof(&token)]);
    assert_eq!(send(&layer, sent.clone()).await, (200, vec!["user-1".to_owned()]));
    let (status, said) = send(&layer, sent).await;
    assert_eq!((status, said.len()), (401, 2));
    assert!(said[0].starts_with("DPoP error=\"invalid_dpop_proof\""), "{said:?}");
    assert_eq!(said[1], "Bearer realm=\"api\"");
}

#[tokio::test]
async fn the_certificate_of_the_connection_lets_its_holder_in() {
    let layer = layer();
    let (der, thumbprint) = certificate();
    let token = token_with(json!({"x5t#S256": thumbprint}));
    let mut sent = request(&format!("Bearer {token}"), &[]);
    assert_eq!(send(&layer, sent.clone()).await.0, 401);
    sent.extensions_mut().insert(ClientCertificate::from_der(&der));
    assert_eq!(send(&layer, sent).await, (200, vec!["user-1".to_owned()]));
}

#[tokio::test]
async fn a_token_that_is_bound_to_nobody_stays_a_bearer_token() {
    let sent = request(&format!("Bearer {}", bearer_token()), &[]);
    assert_eq!(send(&layer(), sent).await.0, 200);
}
