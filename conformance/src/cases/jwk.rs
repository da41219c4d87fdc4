//! What a published key may be: weak, broken, private, meant for something else.

use serde_json::{Value, json};

use crate::bench::Bench;
use crate::case::Need::{KeySet, RemoteKeys, Rs256};
use crate::case::Severity::{Critical, High, Medium};
use crate::case::{Case, Need, PUBLISHED};
use crate::forge::weak_rsa;
use crate::idp::Reply;
use crate::verdict::Stop;

const FETCHED_RSA: &[Need] = &[RemoteKeys, KeySet, Rs256];

/// Publishes a bad key beside good ones: a good token works, one of the bad key's is refused. The
/// same key unspoilt, where there is such a thing, must do.
pub(super) async fn useless(
    bench: &mut Bench,
    label: &str,
    unspoilt: Option<Value>,
    bad: Value,
    token: String,
) -> Result<(), Stop> {
    if let Some(key) = unspoilt {
        publish(bench, key)?;
        bench.must_allow("the key unspoilt", &token).await?;
    }
    publish(bench, bad)?;
    bench.control().await?;
    bench.must_refuse(label, &token).await?;
    bench.control().await
}

/// Starts anew with this key before the issuer's own.
fn publish(bench: &mut Bench, key: Value) -> Result<(), Stop> {
    let mut published = vec![key];
    published.extend(bench.forge.published.clone());
    bench.issuer.reply(Reply::keys(published));
    bench.restart(|provider| provider)
}

/// The stranger's key under an id, as the issuer might publish it, and a token signed with it.
pub(super) fn stranger_as(bench: &Bench, id: &str) -> (Value, String) {
    let key = bench.forge.keys.stranger.clone().named(id);
    (key.jwk(), bench.forge.good().header("kid", id).signed_by(&key).sign())
}

/// The stranger's key, spoilt by `change`, is useless.
async fn spoilt(
    bench: &mut Bench,
    label: &str,
    change: impl FnOnce(&mut Value),
) -> Result<(), Stop> {
    let (good, token) = stranger_as(bench, "bad");
    let mut bad = good.clone();
    change(&mut bad);
    useless(bench, label, Some(good), bad, token).await
}

/// Publishes odd entries around a good key: it must still be found.
async fn survives(bench: &mut Bench, odd: Vec<Value>) -> Result<(), Stop> {
    let mut published = odd;
    published.insert(published.len() / 2, bench.forge.published[0].clone());
    bench.issuer.reply(Reply::keys(published));
    let token = bench.forge.good_token();
    bench.must_allow("the good key", &token).await?;
    bench.must_not_have_strayed()
}

pub(super) const CASES: &[Case] = &[
    Case::must("jwk-rsa-1024", "An RSA key of 1024 bits", High)
        .refs(&["RFC 7518 §3.3"])
        .sends("A key set with a 1024-bit key, and a correct token of it.")
        .expects("refused with 401; good keys of the same set still work")
        .why("Such keys can be broken.")
        .needs(FETCHED_RSA)
        .scene(|bench| {
            Box::pin(async move {
                let draft = bench.forge.good().header("kid", "weak");
                let (jwk, signature) = weak_rsa("weak", draft.signing_input().as_bytes());
                useless(bench, "1024 bits", None, jwk, draft.with_signature(&signature)).await
            })
        }),
    Case::must("jwk-use-enc", "A key for encryption", High)
        .refs(&["RFC 7517 §4.2"])
        .sends("A key set with a key of `use` `enc`, and a token signed with it.")
        .expects("refused with 401, and accepted when the key is for signatures")
        .why("Keys for encryption are kept where signing keys must not be.")
        .needs(PUBLISHED)
        .scene(|bench| {
            Box::pin(spoilt(bench, "use enc", |jwk| jwk["use"] = json!("enc")))
        }),
    Case::must("jwk-key-ops", "A key that may not verify", High)
        .refs(&["RFC 7517 §4.3"])
        .sends("A key set with a key of `key_ops` `encrypt`, and a token signed with it.")
        .expects("refused with 401, and accepted when the key may verify")
        .why("The issuer says what its keys are for.")
        .needs(PUBLISHED)
        .scene(|bench| {
            Box::pin(spoilt(bench, "key_ops encrypt", |jwk| jwk["key_ops"] = json!(["encrypt"])))
        }),
    Case::must("jwk-private", "A private key, published", High)
        .refs(&["RFC 7517 §9.2"])
        .sends("A key set with a key that has its private part, and a token signed with it.")
        .expects("refused with 401, and accepted when only the public part is there")
        .why("Everybody can sign with it.")
        .needs(PUBLISHED)
        .scene(|bench| {
            Box::pin(spoilt(bench, "with d", |jwk| jwk["d"] = json!("AQAB")))
        }),
    Case::must("jwk-oct-in-jwks", "A secret, published", Critical)
        .refs(&["RFC 8725 §3.1", "RFC 7518 §6.4"])
        .sends("A key set with a symmetric key, and tokens with a MAC under it.")
        .expects("refused with 401; good keys of the same set still work")
        .why("A secret that is fetched from a public address is none.")
        .needs(PUBLISHED)
        .scene(|bench| {
            Box::pin(async move {
                let secret = crate::forge::SigningKey::secret("bad", &[5; 64]);
                let draft = bench.forge.good().header("kid", "bad");
                let token = draft.with_mac(auth_core::Algorithm::HS256, &[5; 64]);
                useless(bench, "oct", None, secret.jwk(), token).await
            })
        }),
    Case::must("jwk-kty-missing-or-bad", "A key of no type", Medium)
        .refs(&["RFC 7517 §4.1"])
        .sends("Key sets with a key whose type is null, a number, empty, or misspelt.")
        .expects("refused with 401, and accepted when the key has its type")
        .why("A type is not guessed from what else is there.")
        .needs(PUBLISHED)
        .scene(|bench| {
            Box::pin(async move {
                for kty in [json!(null), json!(1), json!("rsa"), json!("ec"), json!("")] {
                    spoilt(bench, &format!("kty {kty}"), |jwk| jwk["kty"] = kty.clone()).await?;
                }
                Ok(())
            })
        }),
    Case::must("jwk-numeric-kid", "A key id that is a number", Medium)
        .refs(&["RFC 7517 §4.5"])
        .sends("A key set with the key id 1, and a token that names \"1\".")
        .expects("refused with 401, and accepted when the id is a text")
        .why("A number is not the text that looks like it.")
        .needs(PUBLISHED)
        .scene(|bench| {
            Box::pin(async move {
                let (good, token) = stranger_as(bench, "1");
                let mut bad = good.clone();
                bad["kid"] = json!(1);
                useless(bench, "kid 1", Some(good), bad, token).await
            })
        }),
    Case::must("jwk-unusable-skipped", "Keys of other kinds beside a good one", High)
        .refs(&["RFC 7517 §5"])
        .sends("A key set with unknown types, curves and algorithms around a good key.")
        .expects("the good key works")
        .why("Issuers publish keys for others as well; one of them must not lock all users out.")
        .needs(PUBLISHED)
        .scene(|bench| {
            Box::pin(async move {
                let odd = vec![
                    json!({"kty": "AKP", "kid": "a", "alg": "ML-DSA-44", "pub": "AAAA"}),
                    json!({"kty": "XYZ", "kid": "b"}),
                    json!({"kty": "EC", "kid": "c", "crv": "P-192", "x": "AAAA", "y": "AAAA"}),
                    json!({"kty": "OKP", "kid": "d", "crv": "Ed448", "x": "AAAA"}),
                    json!({"kty": "OKP", "kid": "e", "crv": "X25519", "x": "AAAA"}),
                    json!({"kty": "RSA", "kid": "f", "alg": "RSA-OAEP-256", "n": "AQAB", "e": "AQAB"}),
                ];
                survives(bench, odd).await
            })
        }),
    Case::must("jwk-one-bad-key", "A broken key beside a good one", High)
        .refs(&["RFC 7517 §5"])
        .sends("A key set with keys that cannot be read, and entries that are no keys.")
        .expects("the good key works")
        .why("One slip of the issuer must not lock all users out.")
        .needs(PUBLISHED)
        .scene(|bench| {
            Box::pin(async move {
                let odd = vec![
                    json!({"kty": "RSA", "kid": "a", "n": "!!!", "e": "AQAB"}),
                    json!({"kty": "RSA", "kid": "b", "n": 7, "e": "AQAB"}),
                    json!({"kty": "RSA", "kid": "c", "e": "AQAB"}),
                    json!({"kty": "EC", "kid": "d", "crv": "P-256", "x": 1, "y": []}),
                    json!({"kid": "e"}),
                    json!(null),
                    json!(1),
                    json!("x"),
                    json!([]),
                ];
                survives(bench, odd).await
            })
        }),
    Case::must("jwk-alg-absent-allowlisted", "A key without an algorithm of its own", Medium)
        .refs(&["RFC 7517 §4.4"])
        .sends("A key set whose keys have neither `alg` nor `use`.")
        .expects("accepted")
        .why("Many issuers leave them out; the verifier's own list decides then.")
        .needs(PUBLISHED)
        .scene(|bench| {
            Box::pin(async move {
                let mut jwk = bench.forge.published[0].clone();
                if let Some(members) = jwk.as_object_mut() {
                    members.retain(|name, _| !matches!(name.as_str(), "alg" | "use"));
                }
                bench.issuer.reply(Reply::keys([jwk]));
                let token = bench.forge.good_token();
                bench.must_allow("no alg, no use", &token).await
            })
        }),
    Case::must("jwk-unknown-members-ignored", "Members of a key that nobody defined", Medium)
        .refs(&["RFC 7517 §4"])
        .sends("A key set whose key has certificates, their address, and unknown members.")
        .expects("accepted, and no other address asked")
        .why("Issuers add members; the address is not fetched.")
        .needs(PUBLISHED)
        .scene(|bench| {
            Box::pin(async move {
                let mut jwk = bench.forge.published[0].clone();
                jwk["issuer"] = json!("https://issuer.example");
                jwk["x5u"] = json!("https://evil.example/cert.pem");
                jwk["exp"] = json!(1);
                bench.issuer.reply(Reply::keys([jwk]));
                let token = bench.forge.good_token();
                bench.must_allow("more members", &token).await?;
                bench.must_not_have_strayed()
            })
        }),
    Case::should("jwk-rsa-leading-zero", "A modulus with a leading zero", Medium)
        .refs(&["RFC 7518 §6.3.1.1"])
        .sends("A key set whose modulus has a zero byte before it.")
        .expects("accepted")
        .why("Some issuers write it so; it is the same number.")
        .needs(FETCHED_RSA)
        .scene(|bench| {
            Box::pin(async move {
                let mut jwk = bench.forge.published[0].clone();
                let n = crate::forge::unb64(jwk["n"].as_str().unwrap_or_default());
                jwk["n"] = json!(crate::forge::b64([vec![0], n].concat()));
                bench.issuer.reply(Reply::keys([jwk]));
                let token = bench.forge.good_token();
                bench.must_allow("leading zero", &token).await
            })
        }),
    Case::must("jwk-duplicate-kid", "Two keys under one id", Medium)
        .refs(&["RFC 7517 §4.5"])
        .sends("A key set in which a key of another type comes first under the same id.")
        .expects("accepted")
        .why("The key that fits the algorithm is the one that is meant.")
        .needs(FETCHED_RSA)
        .scene(|bench| {
            Box::pin(async move {
                let other = crate::forge::SigningKey::generate("current", auth_core::Algorithm::ES256);
                bench.issuer.reply(Reply::keys([other.jwk(), bench.forge.published[0].clone()]));
                let token = bench.forge.good_token();
                bench.must_allow("same id", &token).await
            })
        }),
];
