//! Assertions of Cloudflare Access.
//!
//! In: the header `cf-access-jwt-assertion`, and, by choice, the cookie `CF_Authorization`. Out: its
//! claims. Checked: RS256 with the team's keys, issuer, the application's AUD tag, `type` `app`,
//! times. See
//! <https://developers.cloudflare.com/cloudflare-one/access-controls/applications/http-apps/authorization-cookie/validating-json/>.

use auth_core::jwt::{VerifierBuilder, Vocabulary};
use auth_core::token::TokenSource;
use auth_core::{AuthProvider, Domain, Verifier};

/// Accepts users whom Cloudflare Access let through.
#[derive(AuthProvider)]
#[auth(name = "cloudflare-access")]
pub struct CloudflareAccess {
    /// Team domain, such as `acme.cloudflareaccess.com`.
    #[auth(env = ["CLOUDFLARE_ACCESS_TEAM_DOMAIN", "TEAM_DOMAIN"])]
    team_domain: Domain,

    /// AUD tags of the applications that this server is.
    #[auth(env = ["CLOUDFLARE_ACCESS_AUDIENCES", "POLICY_AUD"])]
    audiences: Vec<String>,

    /// Looks into the cookie as well. Routes that write then have to be defended against requests
    /// from other sites.
    #[auth(env = "CLOUDFLARE_ACCESS_COOKIE", default)]
    cookie: bool,

    /// Accepts service tokens as well, which have no user: their subject is `common_name`.
    #[auth(env = "CLOUDFLARE_ACCESS_SERVICE_TOKENS", default)]
    service_tokens: bool,

    #[auth(verify = {
        let access = Verifier::remote(team_domain.url("/cdn-cgi/access/certs"))
            .issuer(format!("https://{team_domain}"))
            .expect("type", ["app"])
            .require("sub")
            .token_from(TokenSource::header("cf-access-jwt-assertion"));
        let access = audiences.iter().fold(access, VerifierBuilder::audience);
        let access = if *cookie { access.token_from(COOKIE) } else { access };
        if *service_tokens { access.vocabulary(services()) } else { access }
    })]
    verifier: Verifier,
}

const COOKIE: TokenSource = TokenSource::cookie("CF_Authorization");

fn services() -> Vocabulary {
    Vocabulary::default().service(["common_name"])
}
