//! The dialect of Kubernetes
//! (<https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/>): every pod may
//! ask for a token with any audience, so that whose it is counts.

use auth_core::Algorithm;
use serde_json::{Value, json};

use super::common::{must_allow_all, must_have_asked, must_refuse_all, must_say, must_start};
use super::common::{saying, without};
use crate::bench::require;
use crate::case::Severity::{Critical, High, Low, Medium};
use crate::case::{Case, Need, Sample};
use crate::forge::{Draft, Forge, SigningKey};
use crate::idp::Reply;
use crate::idp::kubernetes::bound_to;

const KUBERNETES: &[Need] = &[Need::Vendor("kubernetes")];

const DOCS: &str =
    "https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/";

/// A genuine token of an account.
fn of(forge: &Forge, namespace: &str, name: &str) -> Draft {
    let draft = forge.good().claim("sub", format!("system:serviceaccount:{namespace}:{name}"));
    draft.claim("kubernetes.io", bound_to(namespace, name))
}

fn account(forge: &Forge, namespace: &str, name: &str) -> Sample {
    Sample::new(format!("{namespace}/{name}"), of(forge, namespace, name).sign())
}

pub(super) const CASES: &[Case] = &[
    Case::must("prov-kubernetes-accounts", "Accounts that may call", High)
        .refs(&[DOCS])
        .sends("Tokens of accounts in the namespace that is listed, and of one that is listed itself.")
        .expects("accepted, each under its own name")
        .why("A namespace is listed for all of its accounts, an account wherever it is.")
        .needs(KUBERNETES)
        .scene(|bench| {
            Box::pin(async move {
                for (namespace, name) in [("shop", "checkout"), ("shop", "cart"), ("jobs", "reports")] {
                    let token = of(&bench.forge, namespace, name).sign();
                    bench.must_allow(name, &token).await?;
                    let seen = bench.subject().ask(&token).await;
                    let expected = format!("system:serviceaccount:{namespace}:{name}");
                    require(seen.subject.as_ref() == Some(&expected), || format!("{:?}", seen.subject))?;
                    let seen = seen.claims.and_then(|claims| claims.organization().map(str::to_owned));
                    require(seen.as_deref() == Some(namespace), || format!("{seen:?}"))?;
                }
                Ok(())
            })
        }),
    Case::must("prov-kubernetes-other-account", "Accounts that may not", Critical)
        .refs(&[DOCS])
        .sends("Tokens of other namespaces, and of other accounts beside a listed one.")
        .why("Every pod of the cluster may ask for a token with this audience.")
        .needs(KUBERNETES)
        .refused(|forge| {
            [
                ("default", "default"), ("shop2", "checkout"), ("sho", "checkout"), ("Shop", "checkout"),
                ("jobs", "other"), ("jobs", "reports2"), ("jobs:reports", "x"), ("reports", "jobs"),
            ]
            .map(|(namespace, name)| account(forge, namespace, name))
            .into()
        }),
    Case::must("prov-kubernetes-subject", "A subject and a binding that disagree", High)
        .refs(&[DOCS])
        .sends("Subjects of other forms, and ones that say something else than `kubernetes.io`.")
        .why("Two names in one token leave open who calls.")
        .needs(KUBERNETES)
        .refused(|forge| {
            let binding = |value: Value| saying(forge, "kubernetes.io", value);
            let mut samples: Vec<_> = [
                "system:serviceaccount:shop", "system:serviceaccount:shop:", "system:node:shop:checkout",
                "serviceaccount:shop:checkout", "system:serviceaccount:shop:checkout:x", "shop/checkout",
                "system:serviceaccount::checkout", "system:serviceaccount:shop:cart",
            ]
            .map(|subject| saying(forge, "sub", subject))
            .into();
            samples.extend([
                binding(bound_to("default", "checkout")),
                binding(bound_to("shop", "cart")),
                binding(json!({"namespace": "shop"})),
                binding(json!("shop")),
                without(forge, "kubernetes.io"),
                without(forge, "sub"),
            ]);
            samples
        }),
    Case::must("prov-kubernetes-legacy", "A token from a secret", Critical)
        .refs(&["https://kubernetes.io/docs/concepts/security/service-accounts/#get-a-token"])
        .sends("Tokens of the older kind, which never expire, with their issuer and with the right one.")
        .why("Whoever has ever seen one can use it for ever.")
        .needs(KUBERNETES)
        .refused(|forge| {
            let legacy = forge.good().without("exp").without("iat").without("kubernetes.io");
            let legacy = legacy.claim("kubernetes.io/serviceaccount/namespace", "shop");
            let legacy = legacy.claim("kubernetes.io/serviceaccount/service-account.name", "checkout");
            let theirs = legacy.clone().claim("iss", "kubernetes/serviceaccount").without("aud");
            vec![
                Sample::new("as it was", theirs.sign()),
                Sample::new("with our issuer", legacy.sign()),
                without(forge, "exp"),
                saying(forge, "iss", "kubernetes/serviceaccount"),
            ]
        }),
    Case::must("prov-kubernetes-audience", "A token for the cluster itself", Critical)
        .refs(&[DOCS, "RFC 8725 §3.9"])
        .sends("Tokens for the API server, which every pod has, and for other services.")
        .why("Whoever takes them can use them at the API server.")
        .needs(KUBERNETES)
        .refused(|forge| {
            let issuer = forge.issuer.clone().unwrap_or_default();
            let server = "https://kubernetes.default.svc.cluster.local";
            [json!([issuer]), json!([server, "k3s"]), json!(["vault"])]
                .map(|audience| saying(forge, "aud", audience))
                .into()
        }),
    Case::must("prov-kubernetes-aud-list", "The audience in a list", Medium)
        .refs(&[DOCS])
        .sends("A token whose audience is a list, as clusters write it.")
        .why("It is a list even when it has one entry.")
        .needs(KUBERNETES)
        .accepted(|forge| vec![saying(forge, "aud", json!(["orders-api"]))]),
    Case::must("prov-kubernetes-algorithms", "RS256 and ES256, and no other", High)
        .refs(&["RFC 8725 §3.1", DOCS])
        .sends("Tokens of keys of four kinds, all published.")
        .expects("ES256 accepted, as RS256 is; ES384 and EdDSA refused with 401")
        .why("A cluster signs with either, as its administrator chose the key.")
        .needs(KUBERNETES)
        .scene(|bench| {
            Box::pin(async move {
                for algorithm in [Algorithm::ES256, Algorithm::ES384, Algorithm::EdDSA] {
                    let key = SigningKey::generate("other", algorithm);
                    let current = bench.forge.keys.current.jwk();
                    bench.issuer.reply(Reply::keys([current, key.jwk()]));
                    bench.restart(|provider| provider)?;
                    let draft = bench.forge.good().header("alg", algorithm.name()).header("kid", "other");
                    let token = draft.signed_with(algorithm).signed_by(&key).sign();
                    if algorithm == Algorithm::ES256 {
                        bench.must_allow(algorithm.name(), &token).await?;
                    } else {
                        bench.must_refuse(algorithm.name(), &token).await?;
                    }
                    bench.control().await?;
                }
                Ok(())
            })
        }),
    Case::must("prov-kubernetes-any-account", "Every account, by a choice that says so", Medium)
        .refs(&["CWE-1188"])
        .sends("With `danger_any_service_account`: any account, and a subject that is none.")
        .expects("accepted, and refused with 401")
        .why("What is given up is whose account it is, not that it is one.")
        .needs(KUBERNETES)
        .scene(|bench| {
            Box::pin(async move {
                bench.restart_with([("danger_any_service_account", "true")])?;
                let forge = bench.forge.clone();
                let any = account(&forge, "default", "default");
                must_allow_all(bench, [any.clone()]).await?;
                let bad = [saying(&forge, "sub", "system:node:n1"), without(&forge, "kubernetes.io")];
                must_refuse_all(bench, &any.token, bad).await
            })
        }),
    Case::must("prov-kubernetes-setup", "No account named", Critical)
        .refs(&["CWE-1188"])
        .sends("A configuration without any list, with each, and with an account that is none.")
        .expects("an error that names both; none; and one that says what an account looks like")
        .why("Every pod would be let in.")
        .needs(KUBERNETES)
        .configuration(|subject| {
            let (issuer, audience) =
                (("KUBERNETES_ISSUER", "https://oidc.cluster.example"), ("KUBERNETES_AUDIENCE", "a"));
            let with = |name, text| [issuer, audience, (name, text)];
            let accounts = "KUBERNETES_SERVICE_ACCOUNTS";
            let mut seen = vec![
                must_say(subject, &[issuer, audience], "one of namespaces and service_accounts")?,
                must_start(subject, &with("KUBERNETES_NAMESPACES", "shop"))?,
                must_start(subject, &with(accounts, "shop/checkout, jobs/reports"))?,
            ];
            for text in ["checkout", "shop/", "/checkout", "shop/*", "shop/a/b", "shop:a/b"] {
                seen.push(must_say(subject, &with(accounts, text), "expected a service account such as")?);
            }
            Ok(seen)
        }),
    Case::must("prov-kubernetes-keys-url", "Keys at an address of one's own", Low)
        .refs(&["https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#service-account-issuer-discovery"])
        .sends("A good token, with the address of the keys configured.")
        .expects("that address is asked, and the issuer is not")
        .why("Many clusters' issuers cannot be reached from outside.")
        .needs(KUBERNETES)
        .scene(|bench| {
            Box::pin(async move {
                bench.restart_with([("keys_url", "https://api.cluster.example/openid/v1/jwks")])?;
                let token = bench.forge.good_token();
                bench.must_be_unavailable("no keys there", &token).await?;
                must_have_asked(bench, "api.cluster.example", "/openid/v1/jwks")?;
                bench.must_have_fetched(0)
            })
        }),
];
