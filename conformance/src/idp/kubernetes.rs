//! A Kubernetes cluster as a subject sees it: an issuer that says where its keys are, and tokens that
//! are bound to a pod
//! (<https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/>).

use serde_json::{Map, Value, json};

use super::Vendor;

crate::fake::named! {
    /// A running cluster.
    KubernetesFake, VENDOR
}

/// A cluster, whose namespace `shop` may call.
pub const VENDOR: Vendor = Vendor {
    provider: "kubernetes",
    variables: &[
        ("KUBERNETES_ISSUER", "https://oidc.cluster.example/id/1f"),
        ("KUBERNETES_AUDIENCE", "orders-api"),
        ("KUBERNETES_NAMESPACES", "shop"),
        ("KUBERNETES_SERVICE_ACCOUNTS", "jobs/reports"),
    ],
    subject: "system:serviceaccount:shop:checkout",
    claims,
    required: &["kubernetes.io"],
    stricter: &[
        ("ctl-unicode-claims", "a subject is the account that the token is bound to"),
        ("ctl-distinct-users", "a subject is the account that the token is bound to"),
        ("sub-case-and-normalisation", "a subject is the account that the token is bound to"),
        (
            "authz-override-sees-user-and-request",
            "a subject is the account that the token is bound to",
        ),
        ("sig-alg-not-allowlisted", "clusters sign with ES256 as well"),
    ],
    ..Vendor::PLAIN
};

/// What a token says of its pod, for one account.
pub fn bound_to(namespace: &str, name: &str) -> Value {
    json!({
        "namespace": namespace,
        "node": {"name": "node-1", "uid": "f0a1c2d3-4e5f-4061-8293-a4b5c6d7e8f9"},
        "pod": {"name": "pod-7d9f", "uid": "0b1c2d3e-4f50-4162-8384-95a6b7c8d9e0"},
        "serviceaccount": {"name": name, "uid": "a1b2c3d4-e5f6-4071-8293-b4c5d6e7f809"},
    })
}

fn claims() -> Map<String, Value> {
    let claims = json!({
        "jti": "9c8b7a69-5849-4a3b-8c2d-1e0f9a8b7c6d",
        "kubernetes.io": bound_to("shop", "checkout"),
    });
    claims.as_object().cloned().unwrap_or_default()
}
