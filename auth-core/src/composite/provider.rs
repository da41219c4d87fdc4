//! Several providers behind one gate: a token in, the user of the one provider whose token it is out.
//!
//! The issuer that a token states chooses who is asked, and then nobody else is: a token that its
//! owner refuses is refused, and one that its owner cannot judge now is nobody's to accept. Only a
//! token that states no known issuer is tried by the others, in their order. Whoever authenticated a
//! user also authorises them and says where their data is. Next: `any`, which members are.

use std::fmt;
use std::sync::Arc;

use super::builder::CompositeBuilder;
use crate::any::{AnyProvider, AnyUser};
use crate::configured::Configured;
use crate::error::{AuthError, Class};
use crate::jwt::{Algorithm, Unverified, Verifier};
use crate::provider::{Access, Authenticate};
use crate::request::Request;
use crate::token::{Scheme, Token, TokenSource, from_sources};

/// Several providers as one.
///
/// ```
/// use auth_core::composite::Composite;
/// use auth_core::{AuthProvider, Environment, Gate, HmacSecret, Verifier};
///
/// #[derive(AuthProvider)]
/// #[auth(name = "shop")]
/// struct Shop {
///     shared: HmacSecret,
///     issuer: String,
///     #[auth(verify = Verifier::hmac(shared).issuer(issuer).audience("api"))]
///     verifier: Verifier,
/// }
///
/// let secret = "0f1e2d3c4b5a69788796a5b4c3d2e1f0-example";
/// let shop = Shop::builder().shared(secret).issuer("https://shop.example").build()?;
/// let staff = Shop::builder().name("staff").shared(secret).issuer("https://hr.example").build()?;
/// let both = Composite::builder().member(shop).member(staff).public(["/health"]).build()?;
/// assert_eq!(both.provider().members().map(|member| member.name()).collect::<Vec<_>>(), ["shop", "staff"]);
/// let gate = Gate::new(both);
/// # let _ = gate;
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
pub struct Composite {
    pub(super) members: Arc<[Member]>,
    pub(super) sources: Vec<TokenSource>,
    pub(super) schemes: &'static [Scheme],
}

/// A provider in the company of others.
pub(super) type Member = Configured<AnyProvider>;

/// What a token says of itself.
enum Stated {
    /// It is a JWT, of this issuer and algorithm.
    Jwt(Unverified),
    /// It has the form of a JWT, signed or encrypted, and cannot be read as one.
    Unreadable,
    /// Only its issuer knows.
    Opaque,
}

impl Composite {
    /// A composite without members.
    pub fn builder() -> CompositeBuilder {
        CompositeBuilder::new()
    }

    /// The providers, in the order in which they are tried.
    pub fn members(&self) -> impl Iterator<Item = &Configured<AnyProvider>> {
        self.members.iter()
    }

    /// Waits until every member has its keys.
    ///
    /// # Errors
    ///
    /// Why the first one that lacks them does.
    pub async fn ready(&self) -> Result<(), AuthError> {
        for member in &*self.members {
            member.ready().await?;
        }
        Ok(())
    }

    fn member_of(&self, user: &AnyUser) -> Option<&Member> {
        self.members.iter().find(|member| member.provider().vouched_for(user))
    }

    /// Asks those that may know the token until one does. An outage ends it: the next might accept
    /// what the one who is away would refuse.
    async fn try_in_order(
        &self,
        candidates: Vec<&Member>,
        token: &Token<'_>,
        request: &Request<'_>,
    ) -> Result<AnyUser, AuthError> {
        let mut refusals = Vec::new();
        for member in candidates {
            match member.authenticate(token, request).await {
                Err(error) if error.class() == Class::BadCredential => {
                    refusals.push((member.name(), error));
                }
                decided => return decided,
            }
        }
        if refusals.len() == 1 {
            return Err(refusals.remove(0).1);
        }
        let told = refusals.iter().map(|(name, error)| format!("{name} ({})", error.code()));
        let told: Vec<_> = told.collect();
        let told = if told.is_empty() { "none of them".to_owned() } else { told.join(", ") };
        Err(AuthError::NoMemberAccepts(told))
    }
}

impl Authenticate for Composite {
    type User = AnyUser;

    async fn authenticate(
        &self,
        token: &Token<'_>,
        request: &Request<'_>,
    ) -> Result<AnyUser, AuthError> {
        let stated = Stated::read(token);
        let is_found = |member: &&Member| self.finds(member, token, request);
        let candidates: Vec<_> = match self.members.iter().find(|it| stated.is_issued_for(it)) {
            Some(owner) => vec![owner],
            None => self.members.iter().filter(|member| stated.may_be_for(member)).collect(),
        };
        let candidates = candidates.into_iter().filter(is_found).collect();
        self.try_in_order(candidates, token, request).await
    }

    async fn authorize(&self, user: &AnyUser, request: &Request<'_>) -> Result<Access, AuthError> {
        match self.member_of(user) {
            Some(member) => member.authorize(user, request).await,
            None => Ok(Access::Refused),
        }
    }

    fn schemes(&self) -> &'static [Scheme] {
        self.schemes
    }

    fn token_sources(&self) -> &[TokenSource] {
        &self.sources
    }
}

impl Composite {
    /// Whether the token is where this member looks for tokens, and came as its tokens come. Where
    /// all members look in the same places, the gate has seen to it.
    fn finds(&self, member: &Member, token: &Token<'_>, request: &Request<'_>) -> bool {
        let (sources, schemes) = (member.token_sources(), member.schemes());
        schemes.contains(&token.scheme())
            && (sources == self.sources
                || from_sources(request, sources, schemes)
                    .is_ok_and(|found| found.expose() == token.expose()))
    }
}

impl Stated {
    fn read(token: &Token<'_>) -> Self {
        match Unverified::read(token) {
            Ok(unverified) => Self::Jwt(unverified),
            Err(_) if Unverified::is_attempted(token) => Self::Unreadable,
            Err(_) => Self::Opaque,
        }
    }

    /// Whether it says that it is from an issuer that this member trusts by name.
    fn is_issued_for(&self, member: &Member) -> bool {
        let Self::Jwt(unverified) = self else { return false };
        let issuers = member.verifier().map_or(&[][..], Verifier::issuers);
        unverified.issuer().is_some_and(|issuer| issuers.iter().any(|known| known == issuer))
    }

    /// Whether this member may know a token that no member's issuer issued.
    fn may_be_for(&self, member: &Member) -> bool {
        match (self, member.verifier()) {
            (Self::Opaque, _) | (_, None) => true,
            (Self::Unreadable, Some(_)) => false,
            (Self::Jwt(unverified), Some(verifier)) => {
                let algorithm = unverified.header("alg").and_then(Algorithm::from_name);
                let accepted = verifier.algorithms();
                verifier.issuers().is_empty() && algorithm.is_some_and(|it| accepted.contains(&it))
            }
        }
    }
}

impl fmt::Debug for Composite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.members().map(Configured::name)).finish()
    }
}
