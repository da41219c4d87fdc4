//! What `cnf` asks for (RFC 7800), and whether it was shown.
//!
//! `read` comes before the token is verified, `check` after. A token with `cnf` is no bearer token:
//! every member of it has to be one that is checked here, or the token is refused. Next: `evidence`,
//! then `check`.

use std::time::Duration;

use serde_json::Value;

use super::certificate::CertificateCheck;
use super::check::DpopCheck;
use super::error::BindingError;
use super::evidence::Proof;
use crate::error::AuthError;
use crate::jwt::{Algorithm, Claims};
use crate::request::Request;
use crate::token::{Scheme, Token};

/// How a verifier treats tokens that are bound to their holder.
#[derive(Debug, Clone)]
pub(crate) enum Confirmation {
    /// Given up by name: `cnf` is not looked at.
    Ignored,
    /// What can be checked is; a token that asks for more is refused.
    Checked(Checks),
}

/// Whether tokens that are not bound may pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Required,
    Accepted,
}

/// The bindings that can be checked.
#[derive(Debug, Clone)]
pub(crate) struct Checks {
    pub(super) dpop: Option<DpopCheck>,
    pub(super) certificate: Option<CertificateCheck>,
}

/// A token as it came, and what came with it.
pub(crate) struct Presented<'r> {
    token: Token<'r>,
    request: Option<Request<'r>>,
    proof: Option<Proof<'r>>,
}

/// What a token is bound to.
#[derive(Default)]
struct Bound<'c> {
    key: Option<&'c str>,
    certificate: Option<&'c str>,
}

impl Confirmation {
    /// What can be refused before the token is looked at. Without a request nothing can be shown.
    pub(crate) fn read<'r>(
        &self,
        token: &Token<'r>,
        request: Option<&Request<'r>>,
    ) -> Result<Presented<'r>, AuthError> {
        let proof = match (token.scheme(), self.dpop(), request) {
            (Scheme::Dpop, Some(dpop), Some(request)) => {
                Some(Proof::read(request, &dpop.algorithms)?)
            }
            (Scheme::Dpop, Some(_), None) => return Err(BindingError::NotChecked.into()),
            (Scheme::Dpop, None, _) => return Err(AuthError::TokenMissing),
            (Scheme::Bearer, Some(DpopCheck { mode: Mode::Required, .. }), _) => {
                return Err(BindingError::ProofMissing.into());
            }
            (Scheme::Bearer, _, _) => None,
        };
        Ok(Presented { token: *token, request: request.copied(), proof })
    }

    /// Whether a verified token came from its holder.
    pub(crate) fn check(
        &self,
        claims: &Claims,
        presented: &Presented<'_>,
        now: Duration,
    ) -> Result<(), AuthError> {
        let Self::Checked(checks) = self else { return Ok(()) };
        let bound = Bound::of(claims)?;
        checks.check_certificate(&bound, presented)?;
        checks.check_key(&bound, presented, now)?;
        Ok(())
    }

    /// The schemes that tokens may come with, the one to prefer first.
    pub(crate) fn schemes(&self) -> &'static [Scheme] {
        match self.dpop().map(|dpop| dpop.mode) {
            None => &[Scheme::Bearer],
            Some(Mode::Accepted) => &[Scheme::Dpop, Scheme::Bearer],
            Some(Mode::Required) => &[Scheme::Dpop],
        }
    }

    /// The algorithms that proofs may be signed with; none where there are no proofs.
    pub(crate) fn algorithms(&self) -> &[Algorithm] {
        self.dpop().map_or(&[], |dpop| &dpop.algorithms)
    }

    const fn dpop(&self) -> Option<&DpopCheck> {
        match self {
            Self::Checked(checks) => checks.dpop.as_ref(),
            Self::Ignored => None,
        }
    }
}

impl Checks {
    fn check_certificate(
        &self,
        bound: &Bound<'_>,
        presented: &Presented<'_>,
    ) -> Result<(), BindingError> {
        match (bound.certificate, &self.certificate, &presented.request) {
            (Some(thumbprint), Some(check), Some(request)) => check.check(thumbprint, request),
            (Some(_), _, _) => Err(BindingError::NotChecked),
            (None, Some(check), _) if check.mode == Mode::Required => Err(BindingError::Missing),
            (None, _, _) => Ok(()),
        }
    }

    fn check_key(
        &self,
        bound: &Bound<'_>,
        presented: &Presented<'_>,
        now: Duration,
    ) -> Result<(), BindingError> {
        let token = presented.token.expose();
        match (bound.key, &presented.proof, &self.dpop, &presented.request) {
            (Some(jkt), Some(proof), Some(dpop), Some(request)) => {
                dpop.check(proof, jkt, token, request, now)
            }
            (Some(_), None, Some(_), Some(_)) => Err(BindingError::ProofMissing),
            (Some(_), _, _, _) => Err(BindingError::NotChecked),
            (None, Some(_), _, _) => Err(BindingError::Missing),
            (None, None, _, _) => Ok(()),
        }
    }
}

impl<'c> Bound<'c> {
    /// What `cnf` names, if each of its members is a thumbprint that is known here.
    fn of(claims: &'c Claims) -> Result<Self, BindingError> {
        if claims.look("cnf").is_none() {
            return Ok(Self::default());
        }
        let members =
            claims.get("cnf").and_then(Value::as_object).filter(|members| !members.is_empty());
        let mut bound = Self::default();
        for (name, value) in members.ok_or(BindingError::NotChecked)? {
            match (name.as_str(), value) {
                ("jkt", Value::String(thumbprint)) => bound.key = Some(thumbprint),
                ("x5t#S256", Value::String(thumbprint)) => bound.certificate = Some(thumbprint),
                _ => return Err(BindingError::NotChecked),
            }
        }
        Ok(bound)
    }
}

#[cfg(test)]
mod tests {
    use crate::jwt::Claims;
    use crate::proof::{ClientCertificate, Dpop};
    use crate::request::Request;

    use super::*;

    /// RFC 9449, section 7.1: the token, the proof of the figure without its line breaks, and the
    /// key's thumbprint from section 6.1. The token is opaque, so its claims are written here.
    const TOKEN: &str = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU";
    const JKT: &str = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
    const MADE: Duration = Duration::from_secs(1_562_262_618);
    const PROOF: &str = concat!(
        "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6Ik",
        "VDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCR",
        "nMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JE",
        "QSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiJlMWozVl9iS2ljOC1MQUVCIiwiaHRtIj",
        "oiR0VUIiwiaHR1IjoiaHR0cHM6Ly9yZXNvdXJjZS5leGFtcGxlLm9yZy9wcm90ZWN0Z",
        "WRyZXNvdXJjZSIsImlhdCI6MTU2MjI2MjYxOCwiYXRoIjoiZlVIeU8ycjJaM0RaNTNF",
        "c05yV0JiMHhXWG9hTnk1OUlpS0NBcWtzbVFFbyJ9.2oW9RP35yRqzhrtNP86L-Ey71E",
        "OptxRimPPToA1plemAgR6pxHF8y6-yqyVnmcw6Fy1dqd-jfxSYoMxhAJpLjA",
    );

    /// The example's request, put to a fresh verifier at this time.
    fn example(proof: &str, now: Duration) -> Result<(), AuthError> {
        let request = http::Request::get("https://resource.example.org/protectedresource");
        let request = request.header("authorization", format!("DPoP {TOKEN}"));
        let request = request.header("dpop", proof).body(()).unwrap();
        let request = Request::from(&request);
        let dpop = Dpop::required().origin("https://resource.example.org");
        let dpop = dpop.open(Duration::from_secs(5)).unwrap();
        let confirmation = Confirmation::Checked(Checks { dpop: Some(dpop), certificate: None });
        let token = Token::from_request_under(&request, confirmation.schemes()).unwrap();
        let claims = Claims::parse(format!(r#"{{"cnf":{{"jkt":"{JKT}"}}}}"#).as_bytes()).unwrap();
        let presented = confirmation.read(&token, Some(&request))?;
        confirmation.check(&claims, &presented, now)
    }

    #[test]
    fn accepts_the_example_of_rfc_9449() {
        assert_eq!(example(PROOF, MADE), Ok(()));
    }

    #[test]
    fn the_example_of_rfc_9449_expires_and_cannot_be_changed() {
        let code = |result: Result<(), AuthError>| result.unwrap_err().code();
        assert_eq!(code(example(PROOF, MADE + Duration::from_secs(65))), "proof_expired");
        assert_eq!(
            code(example(PROOF, Duration::from_secs(1_562_262_612))),
            "proof_from_the_future"
        );
        let changed = PROOF.replace("AJpLjA", "AJpLjQ");
        assert_eq!(code(example(&changed, MADE)), "proof_signature_invalid");
    }

    /// RFC 8705, appendix A.
    #[test]
    fn agrees_with_the_certificate_of_rfc_8705() {
        let der = pem::parse(
            "-----BEGIN CERTIFICATE-----\n\
             MIIBBjCBrAIBAjAKBggqhkjOPQQDAjAPMQ0wCwYDVQQDDARtdGxzMB4XDTE4MTAx\n\
             ODEyMzcwOVoXDTIyMDUwMjEyMzcwOVowDzENMAsGA1UEAwwEbXRsczBZMBMGByqG\n\
             SM49AgEGCCqGSM49AwEHA0IABNcnyxwqV6hY8QnhxxzFQ03C7HKW9OylMbnQZjjJ\n\
             /Au08/coZwxS7LfA4vOLS9WuneIXhbGGWvsDSb0tH6IxLm8wCgYIKoZIzj0EAwID\n\
             SQAwRgIhAP0RC1E+vwJD/D1AGHGzuri+hlV/PpQEKTWUVeORWz83AiEA5x2eXZOV\n\
             bUlJSGQgjwD5vaUaKlLR50Q2DmFfQj1L+SY=\n\
             -----END CERTIFICATE-----\n",
        );
        let certificate = ClientCertificate::from_der(der.unwrap().contents());
        let request = http::Request::get("/").body(()).unwrap();
        let request = Request::from(&request).with_client_certificate(&certificate);
        let check = super::super::CertificateBinding::required().open().unwrap();
        let thumbprint = "A4DtL2JmUMhAsvJj5tKyn64SqzmuXbMrJa0n761y5v0";
        assert_eq!(check.check(thumbprint, &request), Ok(()));
        assert_eq!(check.check(JKT, &request), Err(BindingError::CertificateMismatch));
    }
}
