//! What is written for the three shapes that providers have, as snapshots: a change of the
//! generated code reads as a diff in review.
//!
//! To accept one, run `INSTA_UPDATE=always cargo test -p auth-derive --lib` and read it.

use syn::{DeriveInput, parse_quote};

use super::derive;

/// The generated code, as rustfmt would lay it out.
fn written(input: &DeriveInput) -> String {
    let file = syn::parse2(derive(input)).expect("what is written is a file of Rust");
    prettyplease::unparse(&file)
}

#[test]
fn a_provider_of_one_secret() {
    insta::assert_snapshot!(written(&parse_quote! {
        /// Accepts tokens signed with a shared secret.
        #[auth(name = "jwt")]
        pub struct Jwt {
            /// The secret.
            #[auth(env = ["JWT_AUTH_SECRET", "JWT_SECRET"])]
            secret: HmacSecret,
            #[auth(verify = Verifier::hmac(secret).issuer("me").audience("us"))]
            verifier: Verifier,
        }
    }));
}

#[test]
fn a_provider_that_is_verified_by_a_field() {
    insta::assert_snapshot!(written(&parse_quote! {
        /// Accepts access tokens issued by an ACME tenant.
        #[auth(name = "acme", check = Self::check)]
        pub struct Acme {
            /// Tenant domain.
            #[auth(env = "ACME_DOMAIN")]
            domain: Domain,
            /// How far clocks may disagree.
            #[auth(env = "ACME_LEEWAY", default = Duration::from_secs(5))]
            leeway: Duration,
            /// Organization that users have to belong to.
            #[auth(env = "ACME_ORGANIZATION")]
            organization: Option<String>,
            #[auth(verify = Verifier::remote(domain.url("/keys")).issuer(domain.url("/")).audience("us"))]
            verifier: Verifier,
        }
    }));
}

#[test]
fn a_provider_that_authenticates_by_hand() {
    insta::assert_snapshot!(written(&parse_quote! {
        /// Accepts sessions, which it looks up.
        #[auth(name = "session")]
        pub struct Session {
            /// Key of the vendor's API.
            #[auth(env = "SESSION_API_KEY")]
            api_key: Secret<String>,
            #[auth(init = Client::new(api_key, environment)?)]
            client: Client,
        }
    }));
}
