//! `crate = path`: the crate under another name, or behind somebody's re-export.

use auth_core::{AuthProvider, Verifier};

use crate::environment;

/// Somebody's crate that re-exports ours.
mod facade {
    pub(crate) use auth_core as auth;
}

#[derive(AuthProvider)]
#[auth(name = "renamed", crate = ::renamed)]
struct Renamed {
    #[auth(env = "RENAMED_URL")]
    url: String,
    #[auth(verify = Verifier::remote(url).danger_accept_any_issuer().danger_accept_any_audience())]
    verifier: Verifier,
}

#[derive(AuthProvider)]
#[auth(name = "re-exported", crate = crate::crate_path::facade::auth)]
struct ReExported {
    #[auth(env = "RE_EXPORTED_URL")]
    url: String,
    #[auth(verify = Verifier::remote(url).danger_accept_any_issuer().danger_accept_any_audience())]
    verifier: Verifier,
}

#[test]
fn finds_the_crate_where_it_is_said_to_be() {
    let url = "https://acme.example/keys";
    let renamed = Renamed::builder().build_in(&environment([("RENAMED_URL", url)]));
    let re_exported = ReExported::builder().build_in(&environment([("RE_EXPORTED_URL", url)]));
    assert_eq!((renamed.unwrap().name(), re_exported.unwrap().name()), ("renamed", "re-exported"));
}
