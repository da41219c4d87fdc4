//! Secrets in files that a variable names: what is read of them, what is refused, and that nothing
//! of a file's content is ever said.

use std::fs;
use std::path::PathBuf;

use auth_core::config::{Environment, Problem, Source, Vars};
use auth_core::{AuthProvider, ConfigError, Configure, Configured, HmacSecret, Secret, Verifier};

use crate::keys::SECRET;

#[derive(AuthProvider)]
#[auth(name = "acme", register = false)]
struct Acme {
    #[auth(env = ["ACME_SECRET", "SECRET"])]
    signing_secret: HmacSecret,
    #[auth(env = "ACME_KEY")]
    api_key: Option<Secret<String>>,
    #[auth(env = "ACME_CODE", parse = digits, secret)]
    code: Option<u32>,
    #[auth(env = "ACME_AUDIENCE", default = "api")]
    audience: String,
    #[auth(verify = Verifier::hmac(signing_secret).issuer("https://acme.example/")
        .audience(audience))]
    verifier: Verifier,
}

fn digits(text: &str) -> Result<u32, String> {
    text.parse().map_err(|_| format!("{text} is refused"))
}

/// A file of its own for each test, with this content.
fn file(name: &str, content: impl AsRef<[u8]>) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("config_file_{name}"));
    fs::write(&path, content).unwrap();
    path.into_os_string().into_string().unwrap()
}

fn build<const N: usize>(vars: [(&str, &str); N]) -> Result<Configured<Acme>, ConfigError> {
    Acme::from_environment(&Environment::process().with_vars(Vars::from(vars)))
}

fn line<const N: usize>(vars: [(&str, &str); N]) -> String {
    let error = build(vars).unwrap_err();
    let [problem] = error.problems() else { panic!("{error}") };
    assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    format!("{}: {problem}", problem.code())
}

#[test]
fn reads_a_secret_from_the_file_that_a_variable_names() {
    let (secret, key, code) = (file("a", SECRET), file("b", " key \n"), file("c", "42\r\n"));
    let acme =
        build([("SECRET_FILE", &secret), ("ACME_KEY_FILE", &key), ("ACME_CODE_FILE", &code)]);
    let acme = acme.unwrap();
    assert_eq!(acme.provider().api_key.as_ref().unwrap().expose(), " key ");
    assert_eq!(acme.provider().code, Some(42));
    let source = Source::File { variable: "SECRET_FILE".to_owned(), path: secret };
    assert_eq!(acme.sources()[0].source(), &source);
    assert_eq!(acme.sources()[0].to_string(), "signing_secret (SECRET_FILE)");
}

#[test]
fn takes_exactly_one_line_break_off_the_end() {
    for (content, expected) in
        [("key\n", "key"), ("key\r\n", "key"), ("key\r", "key\r"), ("key\n\n", "key\n")]
    {
        let path = file("line_breaks", content);
        let acme = build([("ACME_SECRET", SECRET), ("ACME_KEY_FILE", &path)]).unwrap();
        assert_eq!(acme.provider().api_key.as_ref().unwrap().expose(), expected);
    }
    let path = file("two_breaks", format!("{SECRET}\n\n"));
    let line = line([("ACME_SECRET_FILE", &path)]);
    assert!(line.contains("expected a secret without white space around it"), "{line}");
}

#[test]
fn asks_a_variable_then_its_file_then_the_next_variable() {
    let path = file("order", "from-the-file-from-the-file-from-the-file");
    let vars = [("ACME_SECRET", " "), ("ACME_SECRET_FILE", &*path), ("SECRET", SECRET)];
    let source = build(vars).unwrap().sources()[0].source().to_string();
    assert_eq!(source, "ACME_SECRET_FILE");
    let vars = [("ACME_SECRET_FILE", " "), ("SECRET", SECRET)];
    assert_eq!(build(vars).unwrap().sources()[0].source(), &Source::Variable("SECRET"));
    let vars = [("ACME_SECRET", SECRET), ("SECRET_FILE", "/nowhere")];
    assert_eq!(build(vars).unwrap().sources()[0].source(), &Source::Variable("ACME_SECRET"));
}

#[test]
fn refuses_a_variable_and_its_file_at_once() {
    let vars = [("ACME_SECRET", SECRET), ("ACME_KEY", "hunter2"), ("ACME_KEY_FILE", "/nowhere")];
    assert_eq!(
        line(vars),
        "twice: api_key ACME_KEY and ACME_KEY_FILE are both set: unset one of them"
    );
}

#[test]
fn says_which_file_cannot_be_used_and_why_and_nothing_of_its_content() {
    let directory = env!("CARGO_TARGET_TMPDIR").to_owned();
    let large = file("large", "hunter2 ".repeat(8 * 1024) + "x");
    let cases = [
        ("/no/such/file".to_owned(), "does not exist"),
        (directory, "is a directory"),
        ("/dev/null".to_owned(), "is no regular file"),
        (large, "is larger than 64 KiB"),
        (file("binary", b"hunter2\xff"), "is no text in UTF-8"),
        (file("blank", " \n"), "is blank"),
        (file("empty", ""), "is blank"),
    ];
    for (path, reason) in cases {
        assert_eq!(
            line([("ACME_SECRET", SECRET), ("ACME_KEY_FILE", &path)]),
            format!("unreadable: api_key ACME_KEY_FILE: the file {path:?} {reason}")
        );
    }
}

#[test]
fn reads_as_much_as_64_kib() {
    let path = file("full", "x".repeat(64 * 1024));
    let acme = build([("ACME_SECRET", SECRET), ("ACME_KEY_FILE", &path)]).unwrap();
    assert_eq!(acme.provider().api_key.as_ref().unwrap().expose().len(), 64 * 1024);
}

#[test]
fn does_not_show_a_path_that_may_be_the_secret_itself() {
    for secret in ["hunter2", "/hunter2\nhunter2"] {
        assert_eq!(
            line([("ACME_SECRET", SECRET), ("ACME_KEY_FILE", secret)]),
            "unreadable: api_key ACME_KEY_FILE: the file does not exist (its path is not shown: \
             begin it with / or ./)"
        );
    }
    let line = line([("ACME_SECRET", SECRET), ("ACME_KEY_FILE", "./no-such-file")]);
    assert!(line.contains("the file \"./no-such-file\" does not exist"), "{line}");
}

#[test]
fn names_the_file_of_a_malformed_secret() {
    let (secret, code) = (file("short", "hunter2"), file("word", "hunter2"));
    let error = build([("SECRET_FILE", &secret), ("ACME_CODE_FILE", &code)]).unwrap_err();
    let lines: Vec<_> = error.problems().iter().map(Problem::to_string).collect();
    assert_eq!(
        lines,
        [
            format!(
                "signing_secret SECRET_FILE: the file {secret:?}: expected at least 32 bytes of \
                 secret, found 7: make one with `openssl rand -base64 48`"
            ),
            format!(
                "code ACME_CODE_FILE: the file {code:?}: expected another form of value (not \
                 shown: a secret)"
            ),
        ]
    );
    assert!(!format!("{error:?}").contains("hunter2"));
}

#[test]
fn says_of_a_blank_variable_for_a_file_that_it_is_blank() {
    assert_eq!(
        line([("ACME_SECRET_FILE", ""), ("SECRET", "")]),
        "missing: signing_secret is required: call `.signing_secret(..)` or set ACME_SECRET or \
         SECRET (ACME_SECRET_FILE and SECRET are set, but blank)"
    );
    assert_eq!(
        line([("ACME_SECRET", SECRET), ("ACME_KEY_FILE", " ")]),
        "blank: api_key ACME_KEY_FILE is set, but blank: give a value, or unset it"
    );
}

#[test]
fn reads_no_file_for_what_is_no_secret_or_is_given_by_the_builder() {
    let vars = [("ACME_AUDIENCE_FILE", "/nowhere"), ("ACME_SECRET_FILE", "/nowhere")];
    let environment = Environment::process().with_vars(Vars::from(vars));
    let acme = Acme::builder().signing_secret(SECRET).build_in(&environment).unwrap();
    assert_eq!(acme.provider().audience, "api");
    let field = |name| Acme::DESCRIPTOR.field(name).unwrap();
    assert_eq!(field("signing_secret").file_variables(), ["ACME_SECRET_FILE", "SECRET_FILE"]);
    assert_eq!(field("audience").file_variables(), [""; 0]);
}
