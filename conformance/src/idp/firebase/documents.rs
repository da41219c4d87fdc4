//! The project's documents in Firestore: a path in, typed values out.
//! See <https://firebase.google.com/docs/firestore/reference/rest/v1/projects.databases.documents/get>.

use serde_json::{Value, json};

use super::{failed, other_project, refusal};
use crate::idp::{Asking, Endpoint, Reply};

const SCOPE: &str = "https://www.googleapis.com/auth/datastore";

/// One document of one collection.
pub(super) const DOCUMENT: Endpoint = Endpoint {
    name: "document",
    host: "firestore.googleapis.com",
    method: "GET",
    path: "/v1/projects/{}/databases/{}/documents/{}/{}",
    is_asked: true,
    answer: document,
};

fn document(asking: &Asking<'_>) -> Reply {
    if let Some(refused) = refusal(asking, SCOPE).or_else(|| other_project(asking)) {
        return refused;
    }
    let [project, database, collection, id] = [0, 1, 2, 3].map(|number| asking.captured(number));
    if database != "(default)" || asking.fact("no_database") == Value::Bool(true) {
        let message = format!(
            "The database {database} does not exist for project {project} Please visit \
             https://console.cloud.google.com/datastore/setup?project={project} to add a Cloud \
             Datastore or Cloud Firestore database. "
        );
        return failed(404, "NOT_FOUND", &message);
    }
    let name = format!("projects/{project}/databases/{database}/documents/{collection}/{id}");
    let documents = asking.fact("documents");
    let fields = documents.get(id).cloned().unwrap_or_else(usual);
    if fields.is_null() || collection != "user_access" {
        return failed(404, "NOT_FOUND", &format!("Document \"{name}\" not found."));
    }
    let time = "2026-11-01T08:00:00.000000Z";
    let mut document = json!({ "name": name, "createTime": time, "updateTime": time });
    if fields.as_object().is_some_and(|fields| !fields.is_empty()) {
        document["fields"] = fields;
    }
    Reply::json(200, &document)
}

/// What every user has who is not said to have something else.
fn usual() -> Value {
    json!({
        "roles": { "arrayValue": { "values": [{ "stringValue": "clerk" }] } },
        "teams": { "arrayValue": {} },
        "level": { "integerValue": "3" },
        "active": { "booleanValue": true },
    })
}
