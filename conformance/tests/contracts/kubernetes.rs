//! What the fake of a Kubernetes cluster promises
//! (<https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/>).

use auth_conformance::idp::kubernetes::KubernetesFake;

use crate::shared::{assert_texts, claims, got, keys};

const ISSUER: &str = "https://oidc.cluster.example/id/1f";

/// GET `/.well-known/openid-configuration` below the issuer: itself, and where its keys are.
#[tokio::test]
async fn the_cluster_says_where_its_keys_are() {
    let cluster = KubernetesFake::start().await;
    let described = got(&cluster, &format!("{ISSUER}/.well-known/openid-configuration")).await;
    assert_eq!(described["issuer"], ISSUER);
    let keys = keys(&cluster, described["jwks_uri"].as_str().unwrap()).await;
    assert_eq!(keys.len(), 2);
}

/// A bound token: the account in `sub` and, with its pod, in `kubernetes.io`.
#[tokio::test]
async fn a_token_is_bound_to_a_pod() {
    let said = claims(&KubernetesFake::start().await.good_token());
    assert_eq!(said["sub"], "system:serviceaccount:shop:checkout");
    let bound = &said["kubernetes.io"];
    assert_eq!(bound["namespace"], "shop");
    for object in ["serviceaccount", "pod", "node"] {
        assert_texts(&bound[object], &["name", "uid"]);
    }
    assert!(said["exp"].is_u64() && said["iat"].is_u64() && said["jti"].is_string());
}
