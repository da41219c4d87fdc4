//! What Firebase is asked about a user besides their token: the tenant they are of, whether they are
//! still active, and the document that lets them in.

use serde_json::{Value, json};

use super::firebase::FIREBASE;
use crate::bench::{Bench, require};
use crate::case::Case;
use crate::case::Severity::{self, Critical, High, Medium};
use crate::subject::Answer;
use crate::verdict::Stop;

const TENANTS: &str =
    "https://cloud.google.com/identity-platform/docs/multi-tenancy-authentication";

const SESSIONS: &str = "https://firebase.google.com/docs/auth/admin/manage-sessions";

const FIRESTORE: &str =
    "https://firebase.google.com/docs/firestore/reference/rest/v1/projects.databases.documents/get";

const ACCOUNTS: &str = "https://developers.google.com/identity/protocols/oauth2/service-account";

/// Longer than answers are kept.
const LATER: u64 = 31;

const fn user(id: &'static str, title: &'static str, severity: Severity) -> Case {
    Case::must(id, title, severity).needs(FIREBASE)
}

/// A good token of a tenant.
fn of_tenant(bench: &Bench, tenant: &str) -> String {
    let firebase = json!({ "sign_in_provider": "password", "tenant": tenant });
    bench.forge.good().claim("firebase", firebase).sign()
}

/// The good token's user is known, and may not.
async fn must_forbid(bench: &mut Bench, label: &str, token: &str) -> Result<(), Stop> {
    let answer = bench.subject().ask(token).await;
    bench.judge(label, &answer, "refused with 403", |answer: &Answer| answer.status == 403)
}

/// While the fact holds a good token is refused, and afterwards it is not, each a while later.
async fn inactive(bench: &mut Bench, fact: &str, value: Value) -> Result<(), Stop> {
    let token = bench.forge.good_token();
    bench.must_allow("before", &token).await?;
    bench.issuer.set_fact(fact, value);
    bench.advance(LATER);
    bench.must_refuse(fact, &token).await?;
    bench.issuer.set_fact(fact, Value::Null);
    bench.advance(LATER);
    bench.must_allow("after", &token).await
}

async fn tenants(bench: &mut Bench) -> Result<(), Stop> {
    let (ours, other) = (of_tenant(bench, "acme-1x2y3"), of_tenant(bench, "other-4z5"));
    let none = bench.forge.good_token();
    bench.must_allow("none, and none is pinned", &none).await?;
    bench.must_refuse("one, and none is pinned", &ours).await?;
    let odd = bench.forge.good().claim("firebase", json!({ "tenant": ["acme-1x2y3"] })).sign();
    bench.must_refuse("a list", &odd).await?;
    bench.restart_with([("tenant", "acme-1x2y3")])?;
    bench.must_allow("the one that is pinned", &ours).await?;
    let asked = bench.issuer.calls("tenant-lookup");
    require(asked == 1, || format!("the tenant's accounts were asked {asked} times"))?;
    bench.must_refuse("another", &other).await?;
    bench.must_refuse("none", &none).await?;
    bench.must_refuse("a list", &odd).await?;
    bench.restart_with([("danger_any_tenant", "true")])?;
    bench.must_allow("any by choice", &other).await?;
    bench.must_allow("none by choice", &none).await
}

/// Ids that are no names of documents, and one that is hard to write.
async fn hard_ids(bench: &mut Bench) -> Result<(), Stop> {
    bench.control().await?;
    for sub in ["..", ".", "a/b", "../other", "__reserved__"] {
        let before = bench.issuer.calls("document");
        let token = bench.forge.good().claim("sub", sub).sign();
        must_forbid(bench, sub, &token).await?;
        let calls = bench.issuer.calls("document") - before;
        require(calls == 0, || format!("{sub}: a document was asked for"))?;
    }
    let hard = "jane?mask=%2e%2e#&+é";
    bench.issuer.set_fact("documents", json!({ hard: {} }));
    let token = bench.forge.good().claim("sub", hard).sign();
    bench.must_allow("signs of an address", &token).await?;
    bench.must_not_have_strayed()
}

async fn kept_token(bench: &mut Bench) -> Result<(), Stop> {
    for user in 0..5 {
        let token = bench.forge.good().claim("sub", format!("user-{user}")).sign();
        bench.must_allow("a new user", &token).await?;
    }
    let asked = |bench: &Bench| bench.issuer.calls("token");
    require(asked(bench) == 1, || format!("{} tokens for five users", asked(bench)))?;
    bench.advance(3599 - 240);
    bench.control().await?;
    require(asked(bench) == 2, || "the token was not renewed ahead".to_owned())?;
    bench.issuer.set_fact("tokens_revoked", true);
    bench.advance(LATER);
    let token = bench.forge.good_token();
    bench.must_be_unavailable("a token that was taken back", &token).await?;
    for _ in 0..3 {
        bench.advance(2);
        bench.must_be_unavailable("and the next as well", &token).await?;
    }
    require(asked(bench) == 3, || format!("{} tokens, and all are refused", asked(bench)))?;
    bench.issuer.set_fact("tokens_revoked", Value::Null);
    bench.advance(LATER);
    bench.control().await?;
    require(asked(bench) == 3, || "no other token was asked for".to_owned())
}

pub(super) const CASES: &[Case] = &[
    user("prov-firebase-tenant", "Users of another tenant", High)
        .refs(&[TENANTS])
        .sends("Tokens of a tenant, of another, and of none, with and without a tenant that is pinned.")
        .expects("those of the pinned tenant, of none where none is pinned, of all only by choice")
        .why("Tenants share issuer, audience and keys, and may know two people under one id.")
        .scene(|bench| Box::pin(tenants(bench))),
    user("prov-firebase-disabled", "A user who was disabled", High)
        .refs(&[SESSIONS])
        .sends("A good token while its user is disabled.")
        .expects("refused with 401, a while later accepted again")
        .why("A token outlives the account by up to an hour.")
        .scene(|bench| Box::pin(inactive(bench, "disabled", json!(true)))),
    user("prov-firebase-deleted", "A user who was deleted", High)
        .refs(&[SESSIONS])
        .sends("A good token while Firebase answers 200 without a user.")
        .expects("refused with 401")
        .why("Nobody found is an answer too, and it is not yes.")
        .scene(|bench| Box::pin(inactive(bench, "deleted", json!(true)))),
    user("prov-firebase-revoked", "Sessions that were revoked", High)
        .refs(&[SESSIONS])
        .sends("A token whose user signed in before their sessions were revoked, and after it.")
        .expects("refused with 401, and accepted")
        .why("It is what an administrator does when a device was stolen.")
        .scene(|bench| {
            Box::pin(async move {
                let since = crate::idp::firebase::SIGNED_IN + 30;
                inactive(bench, "valid_since", json!(since)).await?;
                bench.issuer.set_fact("valid_since", since);
                bench.advance(LATER);
                let again = bench.forge.good().claim("auth_time", since).sign();
                bench.must_allow("signed in again", &again).await
            })
        }),
    user("prov-firebase-not-checked", "Revocation is asked about by choice", Medium)
        .refs(&[SESSIONS])
        .sends("A good token of a disabled user where nobody asked to check.")
        .expects("accepted, and the accounts are not asked")
        .why("A question for each user has its price; who wants it says so.")
        .scene(|bench| {
            Box::pin(async move {
                bench.restart_with([("check_revoked", "false")])?;
                bench.issuer.set_fact("disabled", true);
                bench.control().await?;
                let asked = bench.issuer.calls("lookup");
                require(asked == 0, || format!("the accounts were asked {asked} times"))
            })
        }),
    user("prov-firebase-no-document", "A user without a document", Critical)
        .refs(&[FIRESTORE])
        .sends("Good tokens of a user who has a document, has none, and has an empty one.")
        .expects("accepted, refused with 403, accepted")
        .why("Anybody may be able to sign up; the document is what lets them in.")
        .scene(|bench| {
            Box::pin(async move {
                let (subject, token) = (bench.forge.subject.clone(), bench.forge.good_token());
                bench.must_allow("a document", &token).await?;
                bench.issuer.set_fact("documents", json!({ subject.as_str(): null }));
                bench.must_allow("answers are kept for a while", &token).await?;
                bench.advance(LATER);
                must_forbid(bench, "no document", &token).await?;
                bench.issuer.set_fact("documents", json!({ subject: {} }));
                bench.advance(LATER);
                bench.must_allow("an empty document", &token).await?;
                bench.restart_with([("access_collection", "staff")])?;
                must_forbid(bench, "no document in that collection", &token).await?;
                bench.restart_with([("danger_any_user", "true")])?;
                bench.must_allow("any user by choice", &token).await
            })
        }),
    user("prov-firebase-no-database", "A database that is not there", High)
        .refs(&[FIRESTORE])
        .sends("Good tokens while Firestore says that there is no such database.")
        .expects("503, for nobody can say whether the user has a document")
        .why("Both are answered with 404; one of them is our mistake.")
        .scene(|bench| {
            Box::pin(async move {
                bench.issuer.set_fact("no_database", true);
                let token = bench.forge.good_token();
                bench.must_be_unavailable("no database", &token).await?;
                bench.issuer.set_fact("no_database", false);
                bench.control().await?;
                bench.restart_with([("database_id", "orders")])?;
                bench.must_be_unavailable("another database", &token).await
            })
        }),
    user("prov-firebase-document-id", "Ids that are hard to write in an address", Critical)
        .refs(&[FIRESTORE, "CWE-22"])
        .sends("Subjects with slashes and dots, and with signs that mean something in an address.")
        .expects("403 without a question, and the very document of that id")
        .why("A user chooses no id, but applications do; one must not lead to another's document.")
        .scene(|bench| Box::pin(hard_ids(bench))),
    user("prov-firebase-access-token", "One access token for all users", Medium)
        .refs(&[ACCOUNTS])
        .sends("Good tokens of five users, later on, and after Google took the access token back.")
        .expects("one access token, renewed before it expires, and asked for anew when refused")
        .why("Google counts the requests for tokens too.")
        .scene(|bench| Box::pin(kept_token(bench))),
    user("prov-firebase-account-required", "No service account, no documents", Critical)
        .refs(&["CWE-1188"])
        .sends("The configuration without a service account, then with every user let in by name.")
        .expects("refused at the start, and built")
        .why("A variable that was forgotten must not let everybody in.")
        .configuration(super::firebase_setup::without_account),
    user("prov-firebase-emulator-guard", "An emulator by its variable", Critical)
        .refs(&["https://firebase.google.com/docs/emulator-suite/connect_auth"])
        .sends("The variable that switches other software to the emulator, and the option as a text.")
        .expects("the variable is ignored, the text refused")
        .why("An emulator's tokens are unsigned: a variable that was left over would let anybody in.")
        .configuration(super::firebase_setup::emulator),
];
