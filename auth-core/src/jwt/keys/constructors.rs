//! The forms in which keys can be given by hand: one function a form. Next: `given`.
//!
//! For keys that are fetched see [`Verifier::remote`] and [`Verifier::remote_certificates`].

use std::path::PathBuf;

use super::Given;
use crate::config::HmacSecret;
use crate::jwt::source::Source;
use crate::jwt::{Verifier, VerifierBuilder};

/// # Keys given by hand
///
/// The keys say which of the algorithms they serve, so kinds mix freely in one verifier. Without
/// [`VerifierBuilder::algorithms`] each is used with the plain algorithm of its kind: RS256, ES256,
/// ES384, ES512 or `EdDSA`; secp256k1 has to be asked for. An algorithm that no key serves, a key
/// that serves no algorithm, a weak key and a private key are all reported when the verifier is
/// built.
impl Verifier {
    /// A shared secret. Tokens are signed with HS256 unless [`VerifierBuilder::algorithms`] says
    /// otherwise.
    pub fn hmac(secret: &HmacSecret) -> VerifierBuilder {
        Self::hmac_any([secret])
    }

    /// One to four shared secrets, tried in this order: the newest first, then those that tokens
    /// in use were still signed with.
    ///
    /// ```
    /// use auth_core::{Environment, HmacSecret, Verifier};
    ///
    /// let new = HmacSecret::parse("kD9rTnW3xQ7mZs5vBc1yHf8jLg4pAe6u")?;
    /// let old = HmacSecret::parse("0f1e2d3c4b5a69788796a5b4c3d2e1f0-example")?;
    /// let verifier = Verifier::hmac_any([&new, &old])
    ///     .issuer("https://issuer.example/")
    ///     .audience("https://api.example")
    ///     .build_in(&Environment::process())?;
    /// assert_eq!(verifier.algorithms(), [auth_core::Algorithm::HS256]);
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub fn hmac_any<'s>(secrets: impl IntoIterator<Item = &'s HmacSecret>) -> VerifierBuilder {
        given(Given::Secrets(secrets.into_iter().cloned().collect()))
    }

    /// One or several public keys as PEM (RFC 7468): `PUBLIC KEY`, `RSA PUBLIC KEY` or
    /// `CERTIFICATE`. Ids in tokens are not looked at: up to four keys an algorithm are tried.
    ///
    /// ```
    /// use auth_core::{Algorithm, Environment, Verifier};
    ///
    /// let pem = "-----BEGIN PUBLIC KEY-----
    /// MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
    /// -----END PUBLIC KEY-----";
    /// let verifier = Verifier::pem(pem)
    ///     .issuer("https://issuer.example/")
    ///     .audience("https://api.example")
    ///     .build_in(&Environment::process())?;
    /// assert_eq!(verifier.algorithms(), [Algorithm::EdDSA]);
    ///
    /// let private = pem.replace("PUBLIC", "PRIVATE");
    /// let error = Verifier::pem(private).build_in(&Environment::process()).unwrap_err();
    /// assert!(error.problems()[0].starts_with("a private key was given"));
    /// # Ok::<_, auth_core::jwt::VerifierError>(())
    /// ```
    pub fn pem(text: impl Into<String>) -> VerifierBuilder {
        given(Given::Pem(text.into()))
    }

    /// One public key in DER: a `SubjectPublicKeyInfo` or a certificate (RFC 5280, section 4.1).
    ///
    /// ```
    /// use auth_core::{Environment, Verifier};
    ///
    /// let error = Verifier::der([0x30, 0x00]).build_in(&Environment::process()).unwrap_err();
    /// assert_eq!(error.problems()[0], "the public key is no `SubjectPublicKeyInfo` in DER");
    /// ```
    pub fn der(bytes: impl Into<Vec<u8>>) -> VerifierBuilder {
        given(Given::Der(bytes.into()))
    }

    /// X.509 certificates as PEM, each under the key id that tokens call it by.
    ///
    /// A certificate is taken for its key and its dates (RFC 5280, section 4.1.2.5): before the
    /// first and after the last it verifies nothing, and a verifier of which no certificate holds
    /// when it is built is a mistake. If it has a key usage, that has to include
    /// `digitalSignature`. No chain is built, and neither names nor revocation are looked at: the
    /// certificate is trusted because it was given here.
    ///
    /// ```
    /// use auth_core::{Environment, Verifier};
    ///
    /// let error = Verifier::certificates([("2026-11", "no certificate")])
    ///     .issuer("https://issuer.example/")
    ///     .audience("https://api.example")
    ///     .build_in(&Environment::process())
    ///     .unwrap_err();
    /// assert!(error.to_string().starts_with("certificate 1: "));
    /// ```
    pub fn certificates<I: Into<String>, P: Into<String>>(
        certificates: impl IntoIterator<Item = (I, P)>,
    ) -> VerifierBuilder {
        let pairs = certificates.into_iter().map(|(id, pem)| (id.into(), pem.into()));
        given(Given::Certificates(pairs.collect()))
    }

    /// The same as a JSON object, `{"kid": "-----BEGIN CERTIFICATE-----..."}`.
    ///
    /// ```
    /// use auth_core::{Environment, Verifier};
    ///
    /// let error = Verifier::certificate_map("{}").build_in(&Environment::process()).unwrap_err();
    /// assert_eq!(error.problems()[0], "the certificate map is empty: no token could pass");
    /// ```
    pub fn certificate_map(json: impl Into<String>) -> VerifierBuilder {
        given(Given::CertificateMap(json.into()))
    }

    /// A JSON Web Key Set as text (RFC 7517, section 5). Tokens name their key as with
    /// [`Verifier::remote`]: by `kid`, or not at all if a single key fits. Where no key has an id,
    /// up to four keys an algorithm are tried.
    ///
    /// Keys for another purpose or of another kind are skipped, as in any set; a broken key, a
    /// private key and a shared secret are mistakes. A key's `alg` says what it is for.
    ///
    /// ```
    /// use auth_core::{Algorithm, Environment, Verifier};
    ///
    /// let json = r#"{"keys": [{"kty": "OKP", "crv": "Ed25519", "kid": "a", "alg": "Ed25519",
    ///     "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#;
    /// let verifier = Verifier::jwks(json)
    ///     .issuer("https://issuer.example/")
    ///     .audience("https://api.example")
    ///     .build_in(&Environment::process())?;
    /// assert_eq!(verifier.algorithms(), [Algorithm::Ed25519]);
    /// # Ok::<_, auth_core::jwt::VerifierError>(())
    /// ```
    pub fn jwks(json: impl Into<String>) -> VerifierBuilder {
        given(Given::JwkSet(json.into()))
    }

    /// The same in a file of at most 256 KiB, which is read once, when the verifier is built.
    ///
    /// ```
    /// use auth_core::{Environment, Verifier};
    ///
    /// let error = Verifier::jwks_file("no/such/keys.json")
    ///     .build_in(&Environment::process())
    ///     .unwrap_err();
    /// assert!(error.problems()[0].starts_with("the file `no/such/keys.json` does not exist"));
    /// ```
    pub fn jwks_file(path: impl Into<PathBuf>) -> VerifierBuilder {
        given(Given::JwkSetFile(path.into()))
    }
}

fn given(given: Given) -> VerifierBuilder {
    VerifierBuilder::new(Source::Given(given))
}
