//! Tokens that are bound to their holder: refused unless the binding is checked, and a client
//! certificate is the token's or it is not.

use auth_core::jwt::VerifierBuilder;
use auth_core::proof::{CertificateBinding, ClientCertificate, Dpop, Nonces};
use auth_core::{HmacSecret, Request, Token, Verifier};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use futures_util::FutureExt as _;
use serde_json::json;
use std::time::Duration;

use crate::holder::{
    Holder, bearer_token, code, code_of, request, required, strict, token_with, verifier, verify,
};
use crate::keys::{b64, secret};
use crate::{AUDIENCE, ISSUER, environment};

/// A certificate made on the spot, in DER, and its thumbprint.
pub(crate) fn certificate() -> (Vec<u8>, String) {
    let made = rcgen::generate_simple_self_signed(["client.example".to_owned()]).unwrap();
    let der = made.cert.der().to_vec();
    let thumbprint = b64(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &der));
    (der, thumbprint)
}

fn bearer(token: &str) -> http::Request<()> {
    request(&format!("Bearer {token}"), &[])
}

fn with_certificate(token: &str, der: &[u8]) -> http::Request<()> {
    let mut request = bearer(token);
    request.extensions_mut().insert(ClientCertificate::from_der(der));
    request
}

fn certified(binding: CertificateBinding) -> Verifier {
    verifier(|builder| builder.certificate_binding(binding)).0
}

#[test]
fn a_bound_token_is_refused_unless_its_binding_is_checked() {
    let (plain, _) = verifier(|builder| builder);
    for cnf in [
        json!({"jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}),
        json!({"x5t#S256": "bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2"}),
        json!({"jwk": {"kty": "OKP"}}),
        json!({"kid": "dfd1aa97"}),
        json!({"urn:x": "y"}),
        json!({}),
        json!(null),
        json!("jkt"),
        json!([]),
        json!(false),
    ] {
        let token = token_with(cnf.clone());
        assert_eq!(code(&plain, &bearer(&token)), "binding_not_checked", "{cnf}");
        assert_eq!(crate::code(&plain, &token), "binding_not_checked", "{cnf}");
        let error = verify(&plain, &bearer(&token)).unwrap_err();
        assert_eq!(error.claim(), Some("cnf"));
    }
    assert_eq!(code(&plain, &bearer(&bearer_token())), "ok");
}

#[test]
fn the_check_can_be_given_up_by_name() {
    let (lax, _) = verifier(VerifierBuilder::danger_ignore_confirmation);
    for cnf in [json!({"jkt": "any"}), json!(null), json!({"urn:x": "y"})] {
        assert_eq!(code(&lax, &bearer(&token_with(cnf))), "ok");
    }
    let holder = Holder::new();
    let token = holder.token();
    assert_eq!(code_of(&lax, &token, &holder.proof(&token)), "token_missing");
}

#[test]
fn a_member_that_is_not_understood_spoils_one_that_is() {
    let holder = Holder::new();
    for cnf in [
        json!({"jkt": holder.jkt(), "urn:x": "y"}),
        json!({"jkt": holder.jkt(), "x5t#S256": "AAAA"}),
        json!({"jkt": [holder.jkt()]}),
        json!({"jkt": null}),
        json!({"JKT": holder.jkt()}),
    ] {
        let token = token_with(cnf.clone());
        let found = code_of(&strict(), &token, &holder.proof(&token));
        assert_eq!(found, "binding_not_checked", "{cnf}");
    }
}

#[test]
fn a_certificate_that_is_the_tokens_lets_it_in() {
    let (der, thumbprint) = certificate();
    let token = token_with(json!({"x5t#S256": thumbprint}));
    for binding in [CertificateBinding::required(), CertificateBinding::accepted()] {
        let verifier = certified(binding);
        assert_eq!(code(&verifier, &with_certificate(&token, &der)), "ok");
        assert_eq!(code(&verifier, &bearer(&token)), "certificate_missing");
        let other = with_certificate(&token, &certificate().0);
        assert_eq!(code(&verifier, &other), "certificate_mismatch");
        assert_eq!(crate::code(&verifier, &token), "binding_not_checked");
    }
    let (plain, _) = verifier(|builder| builder);
    assert_eq!(code(&plain, &with_certificate(&token, &der)), "binding_not_checked");
}

#[test]
fn a_thumbprint_has_one_spelling() {
    let (der, thumbprint) = certificate();
    let raw = URL_SAFE_NO_PAD.decode(&thumbprint).unwrap();
    let verifier = certified(CertificateBinding::required());
    for other in [format!("{thumbprint}="), STANDARD.encode(raw), String::new()] {
        let token = token_with(json!({"x5t#S256": other}));
        let found = code(&verifier, &with_certificate(&token, &der));
        assert_eq!(found, "certificate_mismatch", "{other}");
    }
}

#[test]
fn a_token_without_binding_passes_only_where_none_is_required() {
    let (der, _) = certificate();
    let request = with_certificate(&bearer_token(), &der);
    assert_eq!(code(&certified(CertificateBinding::required()), &request), "binding_missing");
    assert_eq!(code(&certified(CertificateBinding::accepted()), &request), "ok");
}

#[test]
fn a_certificate_is_read_from_a_header_only_where_that_was_said() {
    let (der, thumbprint) = certificate();
    let token = token_with(json!({"x5t#S256": thumbprint}));
    let text = pem::encode(&pem::Pem::new("CERTIFICATE", der.clone()));
    let escaped: Vec<_> = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let escaped = escaped.concat();
    let standard = format!(":{}:", STANDARD.encode(&der));
    let sent = |value: &str| {
        let mut request = bearer(&token);
        request.headers_mut().append("x-client-cert", value.parse().unwrap());
        request
    };
    let behind_proxy =
        certified(CertificateBinding::required().danger_client_certificate_header("x-client-cert"));
    for value in [&escaped, &standard] {
        assert_eq!(code(&behind_proxy, &sent(value)), "ok");
        let unasked = certified(CertificateBinding::required());
        assert_eq!(code(&unasked, &sent(value)), "certificate_missing");
    }
    // The connection is the proxy's: its certificate is nobody's.
    assert_eq!(code(&behind_proxy, &with_certificate(&token, &der)), "certificate_missing");
    assert_eq!(code(&behind_proxy, &sent("")), "certificate_missing");
    let mut twice = sent(&escaped);
    twice.headers_mut().append("x-client-cert", escaped.parse().unwrap());
    assert_eq!(code(&behind_proxy, &twice), "certificate_malformed");
    for junk in ["x", "%zz", ":AA:AA:", "%2D%2D", &escaped.replace("%43%45%52", "%43%45%53")] {
        assert_eq!(code(&behind_proxy, &sent(junk)), "certificate_malformed", "{junk:.20}");
    }
}

#[test]
fn a_token_bound_twice_has_to_be_shown_twice() {
    let holder = Holder::new();
    let (der, thumbprint) = certificate();
    let (both, _) = verifier(|builder| {
        builder.dpop(required()).certificate_binding(CertificateBinding::required())
    });
    let token = token_with(json!({"jkt": holder.jkt(), "x5t#S256": thumbprint}));
    let shown = |certificate: Option<&[u8]>| {
        let proof = holder.proof(&token);
        let mut request = request(&format!("DPoP {token}"), &[&proof]);
        if let Some(der) = certificate {
            request.extensions_mut().insert(ClientCertificate::from_der(der));
        }
        code(&both, &request)
    };
    assert_eq!(shown(Some(&der)), "ok");
    assert_eq!(shown(None), "certificate_missing");
    assert_eq!(shown(Some(&certificate().0)), "certificate_mismatch");
}

#[test]
fn a_certificate_can_be_given_by_hand() {
    let (der, thumbprint) = certificate();
    let token = token_with(json!({"x5t#S256": thumbprint}));
    let (request, certificate) = (bearer(&token), ClientCertificate::from_der(&der));
    let request = Request::from(&request).with_client_certificate(&certificate);
    let verifier = certified(CertificateBinding::required());
    let token = Token::from_request(&request).unwrap();
    assert!(verifier.verify_request(&token, &request).now_or_never().unwrap().is_ok());
    assert_eq!(format!("{certificate:?}"), "ClientCertificate { .. }");
}

/// What is wrong with a verifier.
fn problems(choose: impl FnOnce(VerifierBuilder) -> VerifierBuilder) -> Vec<String> {
    let builder = Verifier::hmac(&secret()).issuer(ISSUER).audience(AUDIENCE);
    choose(builder).build_in(&environment()).unwrap_err().problems().to_vec()
}

#[test]
fn every_mistake_about_proofs_is_reported_at_once() {
    let dpop = Dpop::required()
        .algorithms([auth_core::Algorithm::HS256])
        .max_age(Duration::from_mins(6))
        .nonces(Nonces::lasting(Duration::from_secs(1)))
        .replay_capacity(0);
    let header = CertificateBinding::required().danger_client_certificate_header("no name");
    let found = problems(|builder| {
        builder.dpop(dpop).certificate_binding(header).danger_ignore_confirmation()
    });
    assert_eq!(
        found,
        [
            "the confirmation of tokens is both checked and ignored: remove \
             `.danger_ignore_confirmation()`",
            "no origin for DPoP proofs is given: call `.origin(..)` with this server's address",
            "DPoP proofs are never signed with HS256: remove it",
            "the age of DPoP proofs has to be at most 300 s, and not 0",
            "the replay capacity is 0: no proof could pass",
            "the lifetime of nonces has to be 10 s to 3600 s",
            "the header of the client certificate is no name of a header",
        ]
    );
    let nothing = problems(|builder| builder.dpop(required().algorithms([])));
    assert_eq!(nothing, ["the list of DPoP algorithms is empty: no proof could pass"]);
}

#[test]
fn an_origin_is_an_address_that_nobody_reads_along() {
    for origin in
        ["api.example", "http://api.example", "https://", "https://u@h/", "https://h/?q", "ftp://h"]
    {
        assert_eq!(
            problems(|builder| builder.dpop(Dpop::required().origin(origin))),
            ["the origin for DPoP proofs has to be an address such as https://api.example.com"],
            "{origin}"
        );
    }
    for origin in ["http://localhost:3000", "http://127.0.0.1:3000/v1", "https://api.example/v1/"] {
        verifier(|builder| builder.dpop(Dpop::required().origin(origin)));
    }
}

#[test]
fn what_is_configured_prints_no_secret() {
    let canary = "canary-canary-canary-canary-canary-canary";
    let nonces = Nonces::lasting(Duration::from_mins(1));
    let nonces = nonces.shared(&HmacSecret::parse(canary).unwrap());
    let (verifier, _) = verifier(|builder| builder.dpop(required().nonces(nonces.clone())));
    let printed = format!("{verifier:?} {nonces:?} {:?}", required().nonces(nonces.clone()));
    assert!(printed.contains("max_age") && !printed.contains("canary"), "{printed}");
}
