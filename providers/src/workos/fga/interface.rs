//! How a question is put: WorkOS has two interfaces for it. A question in, yes or no out. Next:
//! `authorizer`.

use auth_core::Access;
use auth_core::config::{FromEnv, ValueError};
use auth_core::upstream::{Upstream, UpstreamError};
use serde::Deserialize;
use serde_json::json;

use super::member::FgaMember;
use super::resource::FgaNeed;
use crate::workos::directory::absent;

/// Which of WorkOS's interfaces is asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FgaInterface {
    /// `POST /authorization/organization_memberships/{id}/check`: permissions of a membership.
    /// <https://workos.com/docs/reference/fga>
    #[default]
    Authorization,
    /// `POST /fga/v1/check`, the older one: relations of a user, by resource type and id. The
    /// membership has to exist all the same.
    Warrants,
}

#[derive(Debug, Deserialize)]
struct Authorized {
    authorized: bool,
}

#[derive(Debug, Deserialize)]
struct Warranted {
    result: String,
}

impl FgaInterface {
    /// Whether this member may.
    ///
    /// A member or a resource that is not there (any more) may nothing. What WorkOS cannot make
    /// sense of is nobody's no: it stays an error.
    pub(super) async fn ask(
        self,
        api: Upstream,
        member: FgaMember,
        need: FgaNeed,
    ) -> Result<Access, UpstreamError> {
        let answered = match self {
            Self::Authorization => authorization(&api, &member, &need).await,
            Self::Warrants => warrants(&api, &member, &need).await,
        };
        match answered {
            Ok(answer) => Ok(answer),
            Err(error) => absent(error).map(|()| Access::Refused),
        }
    }
}

async fn authorization(
    api: &Upstream,
    member: &FgaMember,
    need: &FgaNeed,
) -> Result<Access, UpstreamError> {
    let path = ["authorization", "organization_memberships", member.membership.as_str(), "check"];
    let answer: Authorized = api.post(&path, &need.question()).json().await?;
    Ok(answer.authorized.into())
}

async fn warrants(
    api: &Upstream,
    member: &FgaMember,
    need: &FgaNeed,
) -> Result<Access, UpstreamError> {
    let (kind, id) = need.resource.kind_and_id().ok_or(UpstreamError::Malformed(
        "our own question: this interface knows resources by type and id only",
    ))?;
    let check = json!({
        "resource_type": kind,
        "resource_id": id,
        "relation": need.permission,
        "subject": { "resource_type": "user", "resource_id": member.user },
    });
    let question = json!({ "checks": [check] });
    let answer: Warranted = api.post(&["fga", "v1", "check"], &question).json().await?;
    Ok((answer.result == "authorized").into())
}

impl FromEnv for FgaInterface {
    fn from_env(text: &str) -> Result<Self, ValueError> {
        match text {
            "authorization" => Ok(Self::Authorization),
            "warrants" => Ok(Self::Warrants),
            _ => Err(ValueError::new("authorization or warrants").found(text)),
        }
    }
}
