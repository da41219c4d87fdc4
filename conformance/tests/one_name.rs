//! Two providers of one name: no compiler sees both, so the harness refuses to run them.

use auth_conformance::subject::{Registered, registered};
use auth_conformance::suite::Selection;

/// A vendor.
mod first {
    use auth_core::{AuthProvider, Domain, Verifier};

    #[derive(AuthProvider)]
    #[auth(name = "acme")]
    pub(crate) struct Acme {
        domain: Domain,
        #[auth(verify = Verifier::remote(domain.url("/keys")).issuer(domain.url("/")).audience("api"))]
        verifier: Verifier,
    }
}

/// Another vendor, whose struct was copied from the first.
mod second {
    use auth_core::{AuthProvider, HmacSecret, Verifier};

    #[derive(AuthProvider)]
    #[auth(name = "acme")]
    pub(crate) struct AcmeTwo {
        shared: HmacSecret,
        #[auth(verify = Verifier::hmac(shared).issuer("acme").audience("api"))]
        verifier: Verifier,
    }
}

#[test]
fn refuses_two_registered_providers_of_one_name_and_names_their_types() {
    let complaint = Selection::everything().check(&registered()).unwrap_err();
    assert_eq!(
        complaint,
        "two providers are called `acme`, `one_name::first::Acme` and \
         `one_name::second::AcmeTwo`: \
         give one of them another name, `#[auth(name = \"..\")]`"
    );
}

#[test]
fn runs_either_of_the_two_alone() {
    let everything = Selection::everything();
    assert_eq!(everything.check(&[Registered::of::<first::Acme>()]), Ok(()));
    assert_eq!(everything.check(&[Registered::of::<second::AcmeTwo>()]), Ok(()));
}
