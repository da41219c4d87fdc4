//! Everything that can keep a caller out, told as a story: the variants stand in the order of the
//! walk.
//!
//! In: the place that refuses. Out: a stable code for machines and a sentence for the log. What the
//! client may read is in `response`, and shares no text with this. Next: `decision`.

use std::borrow::Cow;

use thiserror::Error;

use crate::proof::BindingError;

/// Why a request was refused. The text is for logs: it holds no token, key, secret or upstream
/// body, but it may quote a claim's name, or the text of the application's own rule.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum AuthError {
    /// No `Authorization: Bearer` header.
    #[error("there is no bearer token")]
    TokenMissing,
    /// The `Authorization` header is repeated, or not of the form of RFC 6750, section 2.1.
    #[error("the Authorization header is malformed: {0}")]
    AuthorizationMalformed(&'static str),
    /// The header or the cookie in which the provider's tokens are is repeated, empty, no single
    /// token, or contradicts another place.
    #[error("the header or cookie of the token is malformed: {0}")]
    CredentialMalformed(&'static str),
    /// The token is longer than any real one.
    #[error("the token is too large: more than {limit} bytes")]
    TokenTooLarge {
        /// The most bytes that are looked at.
        limit: usize,
    },
    /// Not three parts of canonical base64url (RFC 7515, section 7.1).
    #[error("the token is malformed: {0}")]
    TokenMalformed(&'static str),
    /// The header is no JSON object, repeats a member, or has one of the wrong type.
    #[error("the token's header is malformed: {0}")]
    HeaderMalformed(&'static str),
    /// `alg` is absent, unknown, or not in the verifier's list. `none` is always unknown.
    #[error("the token's algorithm is not allowed")]
    AlgorithmNotAllowed,
    /// `typ` names another kind of token (RFC 8725, section 3.11).
    #[error("the token's type is not allowed")]
    TypeNotAllowed,
    /// `crit` is present: an extension we do not understand must be refused (RFC 7515, 4.1.11).
    #[error("the token has a critical header that is not understood")]
    CriticalHeader,
    /// `kid` is longer than any real one, empty, or holds control characters.
    #[error("the token's key id is malformed")]
    KeyIdMalformed,
    /// No key of the issuer fits the token's `kid` and algorithm.
    #[error("no key of the issuer fits the token")]
    KeyNotFound,
    /// The key that fits came in a certificate, which has expired or does not hold yet.
    #[error("the certificate of the token's key is not valid now")]
    CertificateNotValid,
    /// The issuer's keys could not be fetched: nobody knows whether the token is good.
    #[error("the issuer's keys are unavailable: {0}")]
    KeysUnavailable(Cow<'static, str>),
    /// The issuer was asked about the token, and nobody knows what it says: it could not be
    /// reached, refused to answer, or its answer makes no sense (RFC 7662, section 2.3).
    #[error("the issuer could not be asked about the token: {0}")]
    IntrospectionUnavailable(Cow<'static, str>),
    /// The issuer says that the token is not, or no longer, good (RFC 7662, section 2.2).
    #[error("the issuer says that the token is not active")]
    TokenInactive,
    /// The signature was not made with the issuer's key over these bytes.
    #[error("the token's signature is wrong")]
    SignatureInvalid,
    /// The payload is no JSON object, repeats a member, or is nested too deep.
    #[error("the token's claims are malformed: {0}")]
    ClaimsMalformed(&'static str),
    /// A claim that has to be there is not.
    #[error("the claim `{0}` is missing")]
    ClaimMissing(Cow<'static, str>),
    /// A claim has a type or a range that its definition rules out.
    #[error("the claim `{0}` is not of the form that it has to be")]
    ClaimMalformed(&'static str),
    /// `exp` has passed (RFC 7519, section 4.1.4).
    #[error("the token has expired")]
    Expired,
    /// `nbf` lies ahead (RFC 7519, section 4.1.5).
    #[error("the token is not valid yet")]
    NotYetValid,
    /// `iat` lies ahead.
    #[error("the token was issued in the future")]
    IssuedInTheFuture,
    /// `iat` is further back than the configured maximum age.
    #[error("the token was issued too long ago")]
    TooOld,
    /// From `iat` to `exp` is more than the configured maximum lifetime.
    #[error("the token lives too long")]
    LifetimeTooLong,
    /// `iss` is not one of the issuers that are trusted.
    #[error("the token is from another issuer")]
    IssuerMismatch,
    /// `aud` names none of the audiences that we answer to.
    #[error("the token is for another audience")]
    AudienceMismatch,
    /// A claim does not have one of the values that are expected of it.
    #[error("the claim `{0}` has another value than it has to have")]
    ClaimMismatch(Cow<'static, str>),
    /// `azp` names a party that may not present tokens here.
    #[error("the token was issued to another party")]
    AuthorizedPartyMismatch,
    /// The token is bound to a key or a certificate of its holder, and nothing shows that the caller
    /// is that holder.
    #[error(transparent)]
    Binding(#[from] BindingError),
    /// The vendor was asked about the caller, and nobody knows what it says.
    #[error("the vendor could not be asked about the user: {0}")]
    UpstreamUnavailable(Cow<'static, str>),
    /// The vendor was asked, and says that the user is not, or no longer, to be let in: unknown,
    /// disabled, or their session was revoked.
    #[error("the vendor says that the user is not active")]
    UserInactive,
    /// The caller is known, and may not.
    #[error("the user is not allowed to do this")]
    AccessRefused,
    /// The caller is known, but maps to no resource id.
    #[error("the user maps to no resource id")]
    ResourceIdMissing,
    /// The authorization rule failed: nobody knows whether the user may.
    #[error("the authorization rule failed: {0}")]
    AuthorizationFailed(String),
}

/// What kind of refusal it is: what the caller can do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// There is no credential.
    NoCredential,
    /// The credential is not of the form it has to be.
    BadRequest,
    /// The credential is bad: get another one.
    BadCredential,
    /// The caller is known and refused: another credential of the same user does not help.
    Forbidden,
    /// Nobody could find out: try again later.
    Unavailable,
}

impl AuthError {
    /// A stable code in snake case, for counting and for tests. It never changes once published.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TokenMissing => "token_missing",
            Self::AuthorizationMalformed(_) => "authorization_malformed",
            Self::CredentialMalformed(_) => "credential_malformed",
            Self::TokenTooLarge { .. } => "token_too_large",
            Self::TokenMalformed(_) => "token_malformed",
            Self::HeaderMalformed(_) => "header_malformed",
            Self::AlgorithmNotAllowed => "algorithm_not_allowed",
            Self::TypeNotAllowed => "type_not_allowed",
            Self::CriticalHeader => "critical_header",
            Self::KeyIdMalformed => "key_id_malformed",
            Self::KeyNotFound => "key_not_found",
            Self::CertificateNotValid => "certificate_not_valid",
            Self::KeysUnavailable(_) => "keys_unavailable",
            Self::IntrospectionUnavailable(_) => "introspection_unavailable",
            Self::TokenInactive => "token_inactive",
            Self::SignatureInvalid => "signature_invalid",
            Self::ClaimsMalformed(_) => "claims_malformed",
            Self::ClaimMissing(_) => "claim_missing",
            Self::ClaimMalformed(_) => "claim_malformed",
            Self::Expired => "expired",
            Self::NotYetValid => "not_yet_valid",
            Self::IssuedInTheFuture => "issued_in_the_future",
            Self::TooOld => "too_old",
            Self::LifetimeTooLong => "lifetime_too_long",
            Self::IssuerMismatch => "issuer_mismatch",
            Self::AudienceMismatch => "audience_mismatch",
            Self::ClaimMismatch(_) => "claim_mismatch",
            Self::AuthorizedPartyMismatch => "authorized_party_mismatch",
            Self::Binding(error) => error.code(),
            Self::UpstreamUnavailable(_) => "upstream_unavailable",
            Self::UserInactive => "user_inactive",
            Self::AccessRefused => "access_refused",
            Self::ResourceIdMissing => "resource_id_missing",
            Self::AuthorizationFailed(_) => "authorization_failed",
        }
    }

    /// The claim it is about, where it is about one.
    pub fn claim(&self) -> Option<&str> {
        match self {
            Self::ClaimMissing(claim) | Self::ClaimMismatch(claim) => Some(claim),
            Self::ClaimMalformed(claim) => Some(claim),
            Self::Expired | Self::LifetimeTooLong => Some("exp"),
            Self::NotYetValid => Some("nbf"),
            Self::IssuedInTheFuture | Self::TooOld => Some("iat"),
            Self::IssuerMismatch => Some("iss"),
            Self::AudienceMismatch => Some("aud"),
            Self::AuthorizedPartyMismatch => Some("azp"),
            Self::Binding(BindingError::NotChecked | BindingError::Missing) => Some("cnf"),
            _ => None,
        }
    }

    /// What kind of refusal it is.
    pub const fn class(&self) -> Class {
        match self {
            Self::TokenMissing => Class::NoCredential,
            Self::AuthorizationMalformed(_) | Self::CredentialMalformed(_) => Class::BadRequest,
            Self::Binding(error) => error.class(),
            Self::AccessRefused | Self::ResourceIdMissing => Class::Forbidden,
            Self::KeysUnavailable(_)
            | Self::IntrospectionUnavailable(_)
            | Self::UpstreamUnavailable(_)
            | Self::AuthorizationFailed(_) => Class::Unavailable,
            Self::TokenTooLarge { .. }
            | Self::TokenMalformed(_)
            | Self::HeaderMalformed(_)
            | Self::AlgorithmNotAllowed
            | Self::TypeNotAllowed
            | Self::CriticalHeader
            | Self::KeyIdMalformed
            | Self::KeyNotFound
            | Self::CertificateNotValid
            | Self::TokenInactive
            | Self::SignatureInvalid
            | Self::ClaimsMalformed(_)
            | Self::ClaimMissing(_)
            | Self::ClaimMalformed(_)
            | Self::Expired
            | Self::NotYetValid
            | Self::IssuedInTheFuture
            | Self::TooOld
            | Self::LifetimeTooLong
            | Self::IssuerMismatch
            | Self::AudienceMismatch
            | Self::ClaimMismatch(_)
            | Self::AuthorizedPartyMismatch
            | Self::UserInactive => Class::BadCredential,
        }
    }
}
