//! A user's access document: an id in, the document's fields out, or that there is none.
//!
//! Firestore is asked over its REST interface, see
//! <https://firebase.google.com/docs/firestore/reference/rest>. Both a document and a database that is
//! not there are answered alike but for the words: only the first means that the user has no access.
//! Next: `value`.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use auth_core::Environment;
use auth_core::upstream::{
    Memo, MemoOptions, Upstream, UpstreamBody, UpstreamError, UpstreamSetupError,
};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::oauth::AccessTokens;
use super::project::ProjectId;
use super::value;

const FIRESTORE: &str = "https://firestore.googleapis.com/v1";

/// The most users whose documents are kept; each may be a mebibyte.
const CAPACITY: usize = 1_000;

/// A document's fields.
type Fields = Arc<Map<String, Value>>;

/// The documents of one collection. Cheap to clone.
#[derive(Clone)]
pub(super) struct Documents {
    project: ProjectId,
    database: String,
    collection: String,
    firestore: Upstream,
    tokens: Arc<AccessTokens>,
    known: Memo<String, Option<Fields>>,
}

/// `Document`. One that is empty has no `fields`.
#[derive(Deserialize)]
struct Document {
    name: String,
    #[serde(default)]
    fields: Map<String, Value>,
}

/// Google's envelope of errors.
#[derive(Deserialize)]
struct Failed {
    error: Reason,
}

#[derive(Deserialize)]
struct Reason {
    message: String,
}

/// What is wrong with the names of a database and a collection.
pub(super) fn flaws(
    database: &str,
    collection: &str,
) -> impl Iterator<Item = &'static str> + use<> {
    let database = (!is_name(database.trim_start_matches('(').trim_end_matches(')')))
        .then_some("database_id is no id of a database: such as (default)");
    let collection = (!is_name(collection)).then_some(
        "access_collection is no name of a collection: such as user_access, without a slash",
    );
    [database, collection].into_iter().flatten()
}

impl Documents {
    pub(super) fn new(
        project: &ProjectId,
        database: &str,
        collection: &str,
        tokens: &Arc<AccessTokens>,
        lifetime: Duration,
        environment: &Environment,
    ) -> Result<Self, UpstreamSetupError> {
        Ok(Self {
            project: project.clone(),
            database: database.to_owned(),
            collection: collection.to_owned(),
            firestore: Upstream::at(FIRESTORE, environment)?,
            tokens: Arc::clone(tokens),
            known: Memo::new(MemoOptions { lifetime, capacity: CAPACITY }, environment),
        })
    }

    /// The document of this user. That there is none is kept as well.
    pub(super) async fn find(&self, uid: &str) -> Result<Option<Fields>, UpstreamError> {
        if !is_name(uid) {
            return Ok(None);
        }
        let (documents, uid) = (self.clone(), uid.to_owned());
        let of = uid.clone();
        self.known.get(uid, || async move { documents.ask(&of).await }).await
    }

    async fn ask(&self, uid: &str) -> Result<Option<Fields>, UpstreamError> {
        let token = self.tokens.current().await?;
        let (project, collection) = (self.project.as_str(), self.collection.as_str());
        let path = ["projects", project, "databases", &self.database, "documents", collection, uid];
        let found = self.firestore.get(&path).key(token.text()).json::<Document>().await;
        self.tokens.note(&token, &found);
        let document = match found {
            Err(UpstreamError::NotFound(body)) => return self.absence(&body),
            found => found?,
        };
        if !document.name.ends_with(&format!("/documents/{collection}/{uid}")) {
            return Err(UpstreamError::Malformed("it is another document"));
        }
        let fields = value::fields(&document.fields)
            .ok_or(UpstreamError::Malformed("a field of the document is of no known type"))?;
        Ok(Some(Arc::new(fields)))
    }

    /// Whether it is the document that is not there, as opposed to the database.
    fn absence(&self, body: &UpstreamBody) -> Result<Option<Fields>, UpstreamError> {
        let message = body.json::<Failed>().map(|failed| failed.error.message).unwrap_or_default();
        let is_document = message.starts_with("Document ")
            && message.contains(&format!("/documents/{}/", self.collection));
        if is_document {
            return Ok(None);
        }
        Err(UpstreamError::Unreachable("there is no such project or database".into()))
    }
}

/// Whether this can be an id in Firestore: <https://firebase.google.com/docs/firestore/quotas>.
fn is_name(id: &str) -> bool {
    let is_reserved = id.len() >= 4 && id.starts_with("__") && id.ends_with("__");
    let is_dot = matches!(id, "." | "..");
    let is_plain = !id.contains(|sign: char| sign == '/' || sign.is_control());
    !id.trim().is_empty() && id.len() <= 1500 && is_plain && !is_dot && !is_reserved
}

impl fmt::Debug for Documents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Documents({:?}, {:?})", self.collection, self.known)
    }
}
