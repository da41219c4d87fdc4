//! Where each option came from: on the provider, and in the line of the start-up log.

use std::fmt::{self, Debug};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use auth_core::config::{Environment, Source, Vars};
use auth_core::{AuthProvider, Configured, HmacSecret, Verifier};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber, subscriber};
use url::Url;

use crate::keys::SECRET;

#[derive(AuthProvider)]
#[auth(name = "acme", register = false)]
struct Acme {
    #[auth(env = "ACME_SECRET")]
    signing_secret: HmacSecret,
    #[auth(env = ["ACME_ISSUER", "ISSUER"])]
    issuer: Url,
    #[auth(env = "ACME_AUDIENCE")]
    audience: String,
    #[auth(env = "ACME_LEEWAY", default = Duration::from_secs(5))]
    leeway: Duration,
    #[auth(env = "ACME_LIMIT", default)]
    limit: u8,
    #[auth(env = "ACME_REALM")]
    realm: Option<String>,
    #[auth(env = "ACME_SALT", default = SECRET.parse::<String>().unwrap(), secret)]
    salt: String,
    #[auth(verify = Verifier::hmac(signing_secret).issuer(issuer.as_str()).audience(audience))]
    verifier: Verifier,
}

const VARS: [(&str, &str); 2] = [("ACME_SECRET", SECRET), ("ISSUER", "https://acme.example/")];

fn environment<const N: usize>(vars: [(&str, &str); N]) -> Environment {
    Environment::process().with_vars(Vars::from(vars))
}

fn line(acme: &Configured<Acme>, option: &str) -> String {
    let mut origins = acme.sources().iter();
    origins.find(|origin| origin.field().name == option).unwrap().to_string()
}

#[test]
fn a_provider_knows_where_each_option_came_from() {
    let builder = Acme::builder().audience("api").set("limit", "3");
    let acme = builder.build_in(&environment(VARS)).unwrap();
    let sources: Vec<_> = acme
        .sources()
        .iter()
        .map(|origin| (origin.field().name, origin.source().clone()))
        .collect();
    assert_eq!(
        sources,
        [
            ("signing_secret", Source::Variable("ACME_SECRET")),
            ("issuer", Source::Variable("ISSUER")),
            ("audience", Source::Builder),
            ("leeway", Source::Default),
            ("limit", Source::Builder),
            ("realm", Source::Absent),
            ("salt", Source::Default),
        ]
    );
    assert_eq!(acme.into_any().sources().len(), 7);
}

#[test]
fn one_line_says_it_all_and_shows_neither_secrets_nor_what_the_builder_was_given() {
    let acme = Acme::builder().audience("api").build_in(&environment(VARS)).unwrap();
    let summary = acme.summary().to_string();
    assert_eq!(
        summary,
        "acme is configured: signing_secret (ACME_SECRET), issuer = \"https://acme.example/\" \
         (ISSUER), audience (builder), leeway = Duration::from_secs(5) (default), limit \
         (default), realm (not given), salt (default)"
    );
    let bare = Configured::new((), "bare");
    assert_eq!(
        (bare.summary().to_string().as_str(), bare.sources().len()),
        ("bare is configured", 0)
    );
}

#[test]
fn the_text_of_a_variable_is_escaped_and_cut() {
    let (odd, long) = ("a\n\u{202e}\"b", "é".repeat(81));
    let vars = [("ACME_AUDIENCE", odd), ("ACME_REALM", &*long), VARS[0], VARS[1]];
    let acme = Acme::from_environment(&environment(vars)).unwrap();
    assert_eq!(line(&acme, "audience"), r#"audience = "a\n\u{202e}\"b" (ACME_AUDIENCE)"#);
    assert_eq!(line(&acme, "realm"), format!("realm = {:?} (ACME_REALM)", "é".repeat(80)));
}

#[test]
fn the_user_and_password_of_a_url_are_left_out() {
    for (url, shown) in [
        ("https://user:hunter2@acme.example/a", "https://…@acme.example/a"),
        ("https://hunter2@acme.example/", "https://…@acme.example/"),
        ("https:\\\\user:hunter2@acme.example", "https:\\\\…@acme.example"),
        ("https:user:hunter2@acme.example", "https:…@acme.example"),
        ("https://user:hunter2@more@acme.example", "https://…@acme.example"),
    ] {
        let acme = Acme::builder().audience("api");
        let acme = acme.build_in(&environment([VARS[0], ("ACME_ISSUER", url)])).unwrap();
        assert_eq!(line(&acme, "issuer"), format!("issuer = {shown:?} (ACME_ISSUER)"));
    }
}

#[test]
fn a_successful_build_logs_one_line_at_level_info() {
    let log = Log::default();
    subscriber::with_default(log.clone(), || {
        Acme::builder().audience("api").name("staff").build_in(&environment(VARS)).unwrap();
        Acme::builder().build_in(&environment(VARS)).unwrap_err();
    });
    let events = log.0.lock().unwrap().clone();
    let [(level, target, text)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!((*level, target.as_str()), (Level::INFO, "auth_core::config"));
    assert!(text.starts_with("staff is configured: signing_secret (ACME_SECRET), issuer = "));
    assert!(!text.contains(SECRET), "{text}");
}

/// Keeps level, target and text of every event.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<(Level, String, String)>>>);

struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "message" {
            fmt::Write::write_fmt(&mut self.0, format_args!("{value:?}")).unwrap();
        }
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("auth_core")
    }

    fn event(&self, event: &Event<'_>) {
        let mut text = Text(String::new());
        event.record(&mut text);
        let metadata = event.metadata();
        let kept = (*metadata.level(), metadata.target().to_owned(), text.0);
        self.0.lock().unwrap().push(kept);
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}
