//! What an issuer says of an opaque token: only a document that says yes with the boolean `true`, for
//! our issuer and audience, lets anybody in.

use auth_core::Token;
use auth_core::introspection::Introspection;
use serde_json::{Value, json};

use super::world::{AUDIENCE, ISSUER, NOW, block_on, environment, good_claims, publish};

pub(super) fn run(data: &[u8]) {
    let network = publish(environment(), [("/introspect", data.to_vec())]);
    let introspection = Introspection::at("https://issuer.example/introspect")
        .danger_without_client_authentication()
        .issuer(ISSUER)
        .audience(AUDIENCE)
        .build_in(&network)
        .expect("nothing was asked yet");
    let ask = || block_on(introspection.verify(&Token::new("opaque")));
    let answer = ask();
    assert_eq!(answer, ask());
    match answer {
        Ok(claims) => {
            let document: Value = serde_json::from_slice(data).expect("it was believed");
            assert_eq!(document["active"], true);
            assert_eq!(claims.issuer(), Some(ISSUER));
            assert!(claims.audiences().any(|audience| audience == AUDIENCE));
            assert!(document.get("cnf").is_none(), "nobody showed a proof");
            assert!(document["exp"].as_f64().is_none_or(|expires| expires >= 1_799_999_995.0));
        }
        Err(error) => {
            let is_yes = serde_json::from_slice::<Value>(data).ok();
            let is_yes = is_yes.is_some_and(|document| document["active"] == true);
            let is_unavailable = error.code() == "introspection_unavailable";
            assert!(is_yes || is_unavailable || error.code() == "token_inactive", "{error:?}");
        }
    }
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let mut good = good_claims();
    good["active"] = json!(true);
    let with = |name: &str, value: Value| {
        let mut answer = good.clone();
        answer[name] = value;
        answer
    };
    let answers = [
        good.clone(),
        json!({"active": false}),
        with("active", json!("true")),
        with("aud", json!(["other", AUDIENCE])),
        with("exp", json!(NOW - 60)),
        with("cnf", json!({"jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"})),
        with("token_type", json!("refresh_token")),
    ];
    answers.map(|answer| answer.to_string().into_bytes()).into()
}
