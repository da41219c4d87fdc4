//! Firebase's tokens (<https://firebase.google.com/docs/auth/admin/verify-id-tokens>): whose they
//! are, and what else Google signs that is none of them. Next: `firebase_keys`, `firebase_user`.

use auth_core::Algorithm;
use serde_json::json;

use crate::bench::require;
use crate::case::Severity::{Critical, High, Low, Medium};
use crate::case::{Case, Need, Sample};
use crate::forge::{Draft, Forge, SigningKey};
use crate::idp::firebase::PROJECT;

pub(super) const FIREBASE: &[Need] = &[Need::Vendor("firebase")];

const CHECKLIST: &str = "https://firebase.google.com/docs/auth/admin/verify-id-tokens#verify_id_tokens_using_a_third-party_jwt_library";

/// A project that is not the one.
const OTHER: &str = "other-prod";

const ISSUER: &str = "https://securetoken.google.com/";

/// The audience of tokens with which a server lets its own users in.
const CUSTOM: &str =
    "https://identitytoolkit.googleapis.com/google.identity.identitytoolkit.v1.IdentityToolkit";

const fn token(id: &'static str, title: &'static str, severity: crate::case::Severity) -> Case {
    Case::must(id, title, severity).refs(&[CHECKLIST]).needs(FIREBASE)
}

/// A token of somebody who signed in like this.
fn signed_in_with(forge: &Forge, provider: &str) -> Sample {
    let firebase = json!({ "identities": {}, "sign_in_provider": provider });
    let draft = forge.good().without("email").without("email_verified");
    Sample::new(provider, draft.claim("firebase", firebase).sign())
}

/// What a service account signs to let a user in by its own account.
fn custom(forge: &Forge) -> Draft {
    let account = "server@acme-prod.iam.gserviceaccount.com";
    let draft = forge.good().without("firebase");
    draft.claim("iss", account).claim("sub", account).claim("aud", CUSTOM).claim("uid", "jane")
}

pub(super) const CASES: &[Case] = &[
    token("prov-firebase-valid", "An ID token", High)
        .sends("ID tokens of users who signed in with a password, Google, a phone, and nothing.")
        .why("It is what the provider is for.")
        .accepted(|forge| {
            let mut samples = vec![Sample::new("password", forge.good_token())];
            let others = ["google.com", "phone", "custom", "oidc.acme", "anonymous"];
            samples.extend(others.map(|provider| signed_in_with(forge, provider)));
            let custom = forge.good().claim("roles", json!(["admin"])).claim("user_id", json!(forge.subject));
            samples.push(Sample::new("claims of our own", custom.sign()));
            samples
        }),
    token("prov-firebase-other-project", "An ID token of another project", Critical)
        .sends("A token whose issuer and audience are another project, under Google's own key.")
        .why("All projects of the world share Google's keys.")
        .refused(|forge| {
            let draft = forge.good().claim("aud", OTHER).claim("iss", format!("{ISSUER}{OTHER}"));
            vec![Sample::new("another project", draft.sign())]
        }),
    token("prov-firebase-iss-aud-disagree", "Issuer and audience of two projects", Critical)
        .sends("Our audience with another issuer, and the other way round.")
        .why("Either check alone can be met by another project's token.")
        .refused(|forge| {
            let issuer = forge.good().claim("iss", format!("{ISSUER}{OTHER}")).sign();
            let slash = forge.good().claim("iss", format!("{ISSUER}{PROJECT}/")).sign();
            let audience = forge.good().claim("aud", OTHER).sign();
            vec![
                Sample::new("another issuer", issuer),
                Sample::new("a slash more", slash),
                Sample::new("another audience", audience),
            ]
        }),
    token("prov-firebase-aud-substring", "A project whose name is part of ours", Critical)
        .sends("Audiences that hold our project's name, or are held in it, and a list with it.")
        .why("Anybody can found a project of such a name; and Firebase writes no lists.")
        .refused(|forge| {
            let project = PROJECT;
            let mut samples: Vec<_> =
                [format!("{project}-b"), format!("x{project}"), project[..project.len() - 1].into()]
                    .map(|aud| Sample::new(aud.clone(), forge.good().claim("aud", aud).sign()))
                    .into();
            let list = forge.good().claim("aud", json!([project, "other"])).sign();
            samples.push(Sample::new("a list", list));
            samples
        }),
    token("prov-firebase-kid-required", "An ID token without a key id", High)
        .sends("A token without `kid` while Google has one key only, which signed it.")
        .expects("refused with 401, and with its key id accepted")
        .why("Google's tokens name their key; one that does not was made by somebody else.")
        .scene(|bench| {
            Box::pin(async move {
                bench.publish([&bench.forge.keys.current]);
                bench.control().await?;
                let nameless = bench.forge.good().without_header("kid").sign();
                bench.must_refuse("no kid", &nameless).await?;
                bench.control().await
            })
        }),
    token("prov-firebase-rs256-only", "An ID token under another algorithm", High)
        .sends("Tokens signed with RS512 and PS256 under Google's key, and with ES256.")
        .why("Google signs with RS256 and with nothing else.")
        .refused(|forge| {
            let with = |algorithm: Algorithm| {
                let draft = forge.good().header("alg", algorithm.name());
                Sample::new(algorithm.name(), draft.signed_with(algorithm).sign())
            };
            let key = SigningKey::generate("current", Algorithm::ES256);
            let draft = forge.good().header("alg", "ES256").signed_by(&key);
            let elliptic = draft.signed_with(Algorithm::ES256).sign();
            vec![
                with(Algorithm::RS512),
                with(Algorithm::RS384),
                with(Algorithm::PS256),
                Sample::new("ES256", elliptic),
            ]
        }),
    token("prov-firebase-sub", "An ID token of nobody", High)
        .sends("No `sub`, an empty and a blank one, one of 129 characters, a number; another `user_id`.")
        .why("The subject becomes the user's id, and the name of their document.")
        .refused(|forge| {
            let with = |label: &str, sub: serde_json::Value| {
                Sample::new(label, forge.good().claim("sub", sub).sign())
            };
            vec![
                Sample::new("none", forge.good().without("sub").sign()),
                with("empty", json!("")),
                with("blank", json!("  ")),
                with("129 characters", json!("a".repeat(129))),
                with("a number", json!(1)),
                with("null", json!(null)),
                Sample::new("another user_id", forge.good().claim("user_id", "other").sign()),
            ]
        }),
    token("prov-firebase-sub-longest", "An id of 128 characters", Low)
        .sends("Subjects of one character and of 128, also of several bytes each.")
        .expects("accepted, with the id that was signed")
        .why("Applications choose ids of their own up to that length.")
        .scene(|bench| {
            Box::pin(async move {
                for sub in ["a".to_owned(), "a".repeat(128), "é".repeat(128)] {
                    let token = bench.forge.good().claim("sub", sub.as_str()).sign();
                    let label = format!("{} bytes", sub.len());
                    bench.must_allow(&label, &token).await?;
                    let seen = bench.subject().ask(&token).await.subject;
                    require(seen.as_ref() == Some(&sub), || format!("{label}: became {seen:?}"))?;
                }
                Ok(())
            })
        }),
    token("prov-firebase-auth-time", "A user who will sign in", Medium)
        .sends("An `auth_time` in an hour, none, as a text, and negative.")
        .why("Revocation compares this time: one in the future outlives every revocation.")
        .refused(|forge| {
            let with = |label: &str, time: serde_json::Value| {
                Sample::new(label, forge.good().claim("auth_time", time).sign())
            };
            vec![
                with("in an hour", forge.at(3600)),
                with("just beyond the leeway", forge.at(forge.tolerance() + 2)),
                Sample::new("none", forge.good().without("auth_time").sign()),
                with("a text", json!(forge.now.to_string())),
                with("negative", json!(-1)),
            ]
        }),
    token("prov-firebase-auth-time-now", "A user who signed in this second", Medium)
        .sends("An `auth_time` of now, and of a second from now.")
        .why("Google's clocks and ours disagree a little; a fresh sign-in must work.")
        .accepted(|forge| {
            [0, 1]
                .map(|ahead| {
                    let draft = forge.good().claim("auth_time", forge.at(ahead));
                    Sample::new(format!("in {ahead} s"), draft.sign())
                })
                .into()
        }),
    token("prov-firebase-session-cookie", "A session cookie as an ID token", High)
        .sends("A session cookie's claims, under the key of ID tokens and under the cookies' own.")
        .why("A cookie lives for two weeks; whoever accepts both has no say in which.")
        .refused(|forge| {
            let cookie = forge.good().claim("iss", "https://session.firebase.google.com/acme-prod");
            let key = crate::idp::firebase::cookie_key(&forge.keys);
            let own = cookie.clone().header("kid", key.id()).signed_by(&key).sign();
            vec![Sample::new("the key of ID tokens", cookie.sign()), Sample::new("its own key", own)]
        }),
    token("prov-firebase-custom-token", "A custom token as an ID token", Critical)
        .sends("What a service account signs to let a user in: RS256, and the old HS256 form.")
        .why("It is to be exchanged at Google, and is not proof of anybody's sign-in.")
        .refused(|forge| {
            let account = SigningKey::generate("account", Algorithm::RS256);
            let draft = custom(forge);
            let nameless = draft.clone().without_header("kid").signed_by(&account).sign();
            let secret = b"only-for-tests-4cc5a1f29e7b4d11b9d7f00dfeedc0de";
            let legacy = draft.clone().claim("v", 0).claim("d", json!({ "uid": "jane" }));
            vec![
                Sample::new("RS256", nameless),
                Sample::new("under Google's key", draft.sign()),
                Sample::new("HS256", legacy.with_mac(Algorithm::HS256, secret)),
            ]
        }),
    token("prov-firebase-emulator-token", "An emulator's unsigned token", Critical)
        .sends("A token of the emulator: `alg` is `none`, and there is no signature.")
        .why("Anybody can write one, about anybody.")
        .refused(|forge| {
            let draft = forge.good().header_text(r#"{"alg":"none","typ":"JWT"}"#);
            let named = forge.good().header("alg", "none");
            vec![
                Sample::new("as the emulator writes it", draft.with_signature(&[])),
                Sample::new("with a key id", named.with_signature(&[])),
            ]
        }),
    token("prov-firebase-google-id-token", "A Google ID token as Firebase's", High)
        .sends("An ID token of Google's own, for an OAuth client and for the project.")
        .why("Signing in with Google is not signing in to the project.")
        .refused(|forge| {
            let draft = forge.good().claim("azp", "1.apps.googleusercontent.com");
            let google = draft.claim("iss", "https://accounts.google.com");
            let client = google.clone().claim("aud", "1.apps.googleusercontent.com").sign();
            let plain = google.clone().claim("iss", "accounts.google.com").sign();
            vec![
                Sample::new("for a client", client),
                Sample::new("for the project", google.sign()),
                Sample::new("without a scheme", plain),
            ]
        }),
];
