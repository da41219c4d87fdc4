//! The provider: options in, a [`FirebaseUser`] for every good token out.
//!
//! A token is verified first; only then is anything asked about its user. What may be asked is asked
//! in the order of what it would refuse: a revoked user is 401, one without a document 403. Next:
//! `rules`.

use std::sync::Arc;
use std::time::Duration;

use auth_core::{
    Access, AuthError, AuthProvider, Authenticate, Principal, Request, Token, Verifier,
};

use super::accounts::Accounts;
use super::documents::Documents;
use super::emulator::{Emulator, EmulatorHost};
use super::oauth::AccessTokens;
use super::project::ProjectId;
use super::rules::{self, Kind, Tenants};
use super::service_account::ServiceAccount;
use super::user::FirebaseUser;
use super::{documents, project};

/// Accepts users of a Firebase project for whom a Firestore document exists.
#[derive(AuthProvider)]
#[auth(name = "firebase", check = Self::check)]
pub struct Firebase {
    /// Project id, such as `acme-prod`; that of the service account when absent. A variable may hold
    /// Firebase's JSON configuration instead.
    #[auth(env = [
        "FIREBASE_PROJECT_ID", "GOOGLE_CLOUD_PROJECT", "GCLOUD_PROJECT", "FIREBASE_CONFIG"
    ])]
    project: Option<ProjectId>,

    /// Key of a service account: its JSON, the same in base64, or the path of the file.
    #[auth(env = ["FIREBASE_SERVICE_ACCOUNT", "GOOGLE_APPLICATION_CREDENTIALS"], secret)]
    service_account: Option<ServiceAccount>,

    /// Firestore database in which the users' documents are.
    #[auth(env = ["FIRESTORE_DATABASE_ID", "FIREBASE_DATABASE_ID"], default = "(default)")]
    database_id: String,

    /// Firestore collection whose document, named by the user's id, lets the user in.
    #[auth(env = "FIREBASE_ACCESS_COLLECTION", default = "user_access")]
    access_collection: String,

    /// Lets in every user of the project, whether or not there is a document for them. At a project
    /// where people can sign up by themselves, that is everybody.
    #[auth(env = "FIREBASE_DANGER_ANY_USER", default = false)]
    danger_any_user: bool,

    /// Asks Firebase whether the user was disabled or deleted, or their sessions were revoked.
    #[auth(env = "FIREBASE_CHECK_REVOKED", default = false)]
    check_revoked: bool,

    /// How long Firebase's answers about a user are kept, at most 5 minutes.
    #[auth(env = "FIREBASE_KEEP_ANSWERS", default = Duration::from_secs(30))]
    keep_answers: Duration,

    /// Identity Platform tenant that users have to belong to. Without one, a user of any tenant is
    /// refused.
    #[auth(env = "FIREBASE_TENANT")]
    tenant: Option<String>,

    /// Accepts users of every tenant, and of none: two tenants may know two people under one id.
    #[auth(env = "FIREBASE_DANGER_ANY_TENANT", default = false)]
    danger_any_tenant: bool,

    /// Name of the cookie that holds a session cookie of Firebase's, which is accepted instead of an
    /// ID token.
    #[auth(env = "FIREBASE_SESSION_COOKIE")]
    session_cookie: Option<String>,

    /// Accepts the unsigned tokens of an emulator on this machine, such as `127.0.0.1:9099`, and no
    /// others: anybody can write one. No variable sets it.
    danger_emulator: Option<EmulatorHost>,

    #[auth(init = project::of(project.as_ref(), service_account.as_ref())?)]
    project_id: ProjectId,

    #[auth(init = danger_emulator.as_ref().map(Emulator::new).transpose()?)]
    emulator: Option<Emulator>,

    #[auth(init = {
        let kind = Kind::of(session_cookie.as_deref());
        let tenants = Tenants::of(tenant.as_deref(), *danger_any_tenant);
        let keys = emulator.as_ref().map_or_else(|| kind.keys(), Emulator::keys);
        rules::add(keys, kind, project_id, tenants, environment).build_in(environment)?
    })]
    verifier: Verifier,

    #[auth(init = match service_account {
        Some(account) => Some(AccessTokens::new(account, *check_revoked, environment)?),
        None => None,
    }, secret)]
    access_tokens: Option<Arc<AccessTokens>>,

    #[auth(init = Accounts::of(
        project_id, emulator.as_ref(), access_tokens.as_ref().filter(|_| *check_revoked),
        *keep_answers, environment
    )?)]
    accounts: Option<Accounts>,

    #[auth(init = match access_tokens {
        Some(tokens) if !*danger_any_user => Some(Documents::new(
            project_id, database_id, access_collection, tokens, *keep_answers, environment
        )?),
        _ => None,
    })]
    documents: Option<Documents>,
}

impl Firebase {
    /// What cannot stand together, or is missing: all of it.
    fn check(&self) -> Result<(), String> {
        let is_emulated = self.danger_emulator.is_some();
        let needs_account = self.service_account.is_none() && !is_emulated;
        let problems = [
            (needs_account && !self.danger_any_user).then_some(
                "service_account is required, to look for the document that lets a user in: call \
                 `.service_account(..)` or set FIREBASE_SERVICE_ACCOUNT; or let in every user of \
                 the project with `.danger_any_user(true)`",
            ),
            (needs_account && self.check_revoked).then_some(
                "check_revoked needs a service account: call `.service_account(..)` or set \
                 FIREBASE_SERVICE_ACCOUNT",
            ),
            (self.tenant.is_some() && self.danger_any_tenant).then_some(
                "tenant and danger_any_tenant contradict each other: remove one of them",
            ),
            (self.keep_answers > Duration::from_mins(5)).then_some(
                "keep_answers is more than 5 minutes: so long a withdrawn right goes on",
            ),
        ];
        let names = documents::flaws(&self.database_id, &self.access_collection);
        let emulator = if is_emulated { self.emulator_flaws() } else { Vec::new() };
        let found: Vec<_> = problems.into_iter().flatten().chain(names).chain(emulator).collect();
        if found.is_empty() { Ok(()) } else { Err(found.join("; ")) }
    }

    /// What belongs to production, and so not beside an emulator.
    fn emulator_flaws(&self) -> Vec<&'static str> {
        let flaws = [
            (self.service_account.is_some()).then_some(
                "danger_emulator and service_account contradict each other: an account opens \
                 production, where the emulator's unsigned tokens must never be accepted",
            ),
            (!self.project_id.is_demo()).then_some(
                "danger_emulator needs a project that has no production: begin its id with `demo-`",
            ),
            (self.session_cookie.is_some())
                .then_some("session_cookie cannot be verified with an emulator: remove it"),
            (!self.danger_any_user).then_some(
                "danger_emulator reads no documents of Firestore: call `.danger_any_user(true)`",
            ),
        ];
        flaws.into_iter().flatten().collect()
    }
}

impl Authenticate for Firebase {
    type User = FirebaseUser;

    async fn authenticate(
        &self,
        token: &Token<'_>,
        request: &Request<'_>,
    ) -> Result<FirebaseUser, AuthError> {
        let claims = match &self.emulator {
            None => self.verifier.verify_request(token, request).await?,
            Some(emulator) => {
                let sealed = emulator.seal(token)?;
                self.verifier.verify_request(&Token::new(&sealed), request).await?
            }
        };
        if let Some(accounts) = &self.accounts {
            accounts.must_be_active(&claims).await?;
        }
        let document = match &self.documents {
            Some(documents) => documents.find(claims.subject()).await?,
            None => None,
        };
        Ok(FirebaseUser::new(claims, document))
    }

    async fn authorize(&self, user: &FirebaseUser, _: &Request<'_>) -> Result<Access, AuthError> {
        Ok((self.danger_any_user || user.access().is_some()).into())
    }

    fn verifier(&self) -> Option<&Verifier> {
        Some(&self.verifier)
    }
}
