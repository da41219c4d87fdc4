//! What wiremock answers: a request in, the script's reply out, with a note for the door on whether
//! it is to arrive. Next: `door`, which asks and delivers.

use std::sync::Arc;

use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers::any};

use super::Asked;
use super::reply::{Arrival, Reply};
use super::script::State;

/// The header that tells the door how an answer is to arrive. It goes no further.
pub(super) const ARRIVAL: &str = "x-harness-arrival";

/// A mock server that answers by a script.
#[derive(Debug)]
pub(super) struct Answers(Option<MockServer>);

impl Answers {
    pub(super) async fn start(state: &Arc<State>) -> Self {
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(Scripted(Arc::clone(state))).mount(&server).await;
        Self(Some(server))
    }

    pub(super) fn address(&self) -> std::net::SocketAddr {
        *self.0.as_ref().expect("it is there until it is dropped").address()
    }
}

/// The mock server checks its expectations when it is dropped, and blocks for it; inside a task
/// whose turn is over that would never end.
impl Drop for Answers {
    fn drop(&mut self) {
        let server = self.0.take();
        std::thread::spawn(move || drop(server));
    }
}

struct Scripted(Arc<State>);

impl Respond for Scripted {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let asked = self.0.purposed(Asked::of(request));
        let reply = self.0.reply(&asked);
        let Reply { status, body, content_type, headers, arrival } =
            reply.unwrap_or_else(|| Reply::text(404, "text/plain", ""));
        let template = ResponseTemplate::new(status).set_body_raw(body, content_type);
        let template = match arrival {
            Arrival::Whole => template,
            Arrival::Cut => template.insert_header(ARRIVAL, "cut"),
            Arrival::Held => template.insert_header(ARRIVAL, "held"),
        };
        let add = |template: ResponseTemplate, (name, value): &(&'static str, String)| {
            template.append_header(*name, value.as_str())
        };
        headers.iter().fold(template, add)
    }
}
