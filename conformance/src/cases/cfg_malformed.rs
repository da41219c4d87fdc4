//! Configuration values that are not what their option expects, for every kind of option.
//!
//! In: the kind that the descriptor tells. Out: what must be refused, and how that must be said.
//! Next: `cfg_secret`.

use auth_core::config::{Field, Kind};

use super::cfg_trial::{Trial, lines, must_say, require_some, shape};
use crate::bench::require;
use crate::case::Case;
use crate::case::Severity::{High, Medium};
use crate::verdict::Stop;

/// What no option of that kind may take. Of a text, a path and a parser of its own nothing is
/// known.
pub(super) const fn bad(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Boolean => &["maybe", "truee", "2", "-1", "true false"],
        Kind::Number => &["12x", "ten", "0x10", "1_000", "--1", "1 000", "NaN", NINES],
        Kind::Duration => {
            &["5", "5 parsecs", "1 month", "1,5h", "-5s", "s", "soon", "99999999999999999999s"]
        }
        Kind::List => &["one,,two", ",", "one,", ",one"],
        Kind::Domain => BAD_DOMAINS,
        Kind::Url => &[
            "acme.example/keys",
            "/keys",
            "//acme.example/keys",
            "https://",
            "https://?",
            "https://acme .example/",
            "https://acme.example:port/",
            "localhost:8080",
        ],
        Kind::HmacSecret => &["too short", "00000000000000000000000000000000000000000000"],
        _ => &[],
    }
}

/// More than any number of 128 bits.
const NINES: &str = "999999999999999999999999999999999999999999999999999999999999";

const BAD_DOMAINS: &[&str] = &[
    "https://acme.example",
    "acme.example/path",
    "acme.example:8443",
    "user@acme.example",
    "acme .example",
    "acme..example",
    ".acme.example",
    "acme.example.",
    "-acme.example",
    "acme_tenant.example",
    "acme.example?tenant=1",
    "acme.example#tenant",
    "*.acme.example",
    // Letters of another alphabet that look like ours.
    "\u{430}cme.example",
    "a-label-of-sixty-four-letters-is-one-more-than-a-name-server-has.example",
];

pub(super) const CASES: &[Case] = &[
    Case::must("cfg-malformed", "A malformed value names its variable", High)
        .refs(&["CWE-20"])
        .sends("Each option whose text has a form, as each of several other things.")
        .expects("an error that names option and variable, and nothing else")
        .why("A value that cannot be read must not be replaced by a guess, nor by the default.")
        .configuration(|subject| {
            let trial = Trial::complete(subject)?;
            let mut seen = Vec::new();
            for field in trial.options() {
                for text in bad(field.kind) {
                    let variable = field.variables[0];
                    let label = format!("{variable} as {text:?}");
                    let error = trial.clone().only(field, variable, text);
                    let error = error.must_blame(&label, &[field])?;
                    must_say(&error, &[variable, "expected"])?;
                    seen.extend(lines(&error));
                }
            }
            require_some(&seen, "no option's text has a form")?;
            Ok(seen)
        }),
    Case::must("cfg-malformed-together", "All malformed values are named at once", High)
        .refs(&["CWE-20"])
        .sends("Every option whose text has a form as something else, and the others missing.")
        .expects("one error with all of them, in the order of the table")
        .why("Whoever sets a server up should not have to start it once for each mistake.")
        .configuration(|subject| {
            let complete = Trial::complete(subject)?;
            let (required, mut trial) = (complete.required(), Trial::empty(subject));
            let is_bad = |field: &&Field| !bad(field.kind).is_empty();
            for field in complete.options().filter(is_bad) {
                trial = trial.set(field.variables[0], bad(field.kind)[0]);
            }
            let is_wrong = |field: &&Field| is_bad(field) || required.contains(field);
            let wrong: Vec<_> = complete.options().filter(is_wrong).collect();
            require(wrong.len() >= 2, String::new).map_err(|_| too_few())?;
            let error = trial.must_blame("everything wrong", &wrong)?;
            for (field, problem) in wrong.iter().zip(error.problems()) {
                let code = if is_bad(field) { "malformed" } else { "missing" };
                require(problem.code() == code, || {
                    format!("{}: expected the code {code}, got {}", field.name, problem.code())
                })?;
            }
            Ok(lines(&error).collect())
        }),
    Case::must("cfg-white-space", "White space around a value is not part of it", Medium)
        .refs(&["CWE-20"])
        .sends("Each option's value between spaces, and before a line break.")
        .expects("it is built as without, or the value is refused")
        .why("An audience that ends in a line break matches no token, and nobody sees why.")
        .configuration(|subject| {
            let trial = Trial::complete(subject)?;
            let mut seen = Vec::new();
            for (field, text) in trial.filled()? {
                let variable = field.variables[0];
                let plain = trial.clone().only(field, variable, &text).must_build(variable)?;
                for around in [format!("  {text}\t"), format!("{text}\n"), format!("{text}\r\n")] {
                    let built = trial.clone().only(field, variable, &around).build()?;
                    seen.push(match built {
                        Ok(built) => {
                            require(shape(&built) == shape(&plain), || {
                                format!("{variable}: the white space was taken for a part of it")
                            })?;
                            format!("{variable}: as without")
                        }
                        Err(error) => {
                            must_say(&error, &[variable])?;
                            format!("{variable}: refused")
                        }
                    });
                }
            }
            require_some(&seen, "no option has a variable")?;
            Ok(seen)
        }),
    Case::must("cfg-control-characters", "Control characters do no harm", High)
        .refs(&["CWE-117", "CWE-158"])
        .sends("Each option's value with NUL, escape, line breaks or text direction inside.")
        .expects("no panic, no such character in an error, and refused where the text has a form")
        .why("A log that repeats them shows what never happened; a host cut off at NUL is another.")
        .configuration(|subject| {
            let trial = Trial::complete(subject)?;
            let mut seen = Vec::new();
            for (field, text) in trial.filled()? {
                for odd in ["\0", "\u{1b}[2J", "\r\nnothing is wrong", "\u{202e}", "\u{7f}"] {
                    seen.push(spiked(&trial, field, &text, odd)?);
                }
            }
            require_some(&seen, "no option has a variable")?;
            Ok(seen)
        }),
];

/// The option with odd characters inside its value.
fn spiked(trial: &Trial, field: &Field, text: &str, odd: &str) -> Result<String, Stop> {
    let variable = field.variables[0];
    let (head, tail) = text.split_at_checked(text.len() / 2).unwrap_or((text, ""));
    let text = format!("{head}{odd}{tail}");
    let label = format!("{variable} with {odd:?}");
    let has_form =
        matches!(field.kind, Kind::Boolean | Kind::Number | Kind::Duration | Kind::Domain);
    match trial.clone().only(field, variable, &text).build()? {
        Ok(_) if has_form => Err(Stop::Missed(format!("{label}: it was built all the same"))),
        Ok(_) => Ok(format!("{variable}: taken as it is")),
        Err(error) => {
            let said = error.to_string();
            let is_odd = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
            let lines_expected = 1 + error.problems().len();
            require(!said.contains(is_odd) && said.lines().count() == lines_expected, || {
                format!("{label}: the error repeats what it found: {said:?}")
            })?;
            Ok(format!("{variable}: refused"))
        }
    }
}

fn too_few() -> Stop {
    Stop::Skip("it has fewer than two options that can be wrong".to_owned())
}
