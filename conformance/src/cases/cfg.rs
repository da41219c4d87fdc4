//! Configuration, from the descriptor alone: every provider is asked, none is named.

use auth_core::Configured;
use auth_core::any::AnyProvider;
use auth_core::config::{ConfigError, Environment, Field, Presence, ProblemKind};

use crate::bench::require;
use crate::case::Case;
use crate::case::Severity::{Critical, High, Medium};
use crate::subject::Registered;
use crate::verdict::Stop;

type Variables = Vec<(String, String)>;

fn complete(subject: &Registered) -> Result<Variables, Stop> {
    let variables = subject.vendor.variables_for(subject.descriptor());
    variables.map_err(Stop::Unimplemented)
}

/// Builds it from these variables and nothing else.
fn built(
    subject: &Registered,
    variables: &Variables,
) -> Result<Configured<AnyProvider>, ConfigError> {
    let vars = variables.iter().cloned().collect();
    subject.build(&Environment::process().with_vars(vars))
}

fn error_with(subject: &Registered, variables: &Variables) -> Result<ConfigError, Stop> {
    match built(subject, variables) {
        Ok(_) => Err(Stop::Missed("it was built all the same".to_owned())),
        Err(error) => Ok(error),
    }
}

fn builds(subject: &Registered, variables: &Variables) -> Result<(), Stop> {
    built(subject, variables).map(drop).map_err(|error| Stop::Control(error.to_string()))
}

fn required(subject: &Registered) -> impl Iterator<Item = &'static Field> {
    subject.descriptor().options().filter(|field| field.presence == Presence::Required)
}

fn without(variables: &Variables, field: &Field) -> Variables {
    let is_other = |(name, _): &&(String, String)| !field.variables.contains(&name.as_str());
    variables.iter().filter(is_other).cloned().collect()
}

/// The variables with one of a field's set to a text.
fn with(variables: &Variables, field: &Field, variable: &str, text: &str) -> Variables {
    let mut variables = without(variables, field);
    variables.push((variable.to_owned(), text.to_owned()));
    variables
}

fn names_all(error: &ConfigError, field: &Field) -> Result<(), Stop> {
    let text = error.to_string();
    for name in std::iter::once(&field.name).chain(field.variables) {
        require(text.contains(name), || format!("the error does not name {name}: {text}"))?;
    }
    Ok(())
}

pub(super) const CASES: &[Case] = &[
    Case::must("cfg-complete", "With everything set, it is built", High)
        .refs(&[])
        .sends("A value for every required option.")
        .expects("it is built")
        .why("The counterpart of every refusal below.")
        .configuration(|subject| {
            builds(subject, &complete(subject)?)?;
            Ok(vec!["built".to_owned()])
        }),
    Case::must("cfg-all-missing-at-once", "With nothing set, one error names everything", High)
        .refs(&["CWE-1188"])
        .sends("No variable at all.")
        .expects("one error with every option and every variable")
        .why("Whoever sets a server up should not have to start it once for each option.")
        .configuration(|subject| {
            let error = error_with(subject, &Vec::new())?;
            for field in required(subject) {
                names_all(&error, field)?;
            }
            Ok(vec![error.to_string()])
        }),
    Case::must("cfg-required-missing", "Each required option is missed by name, alone", High)
        .refs(&["CWE-1188"])
        .sends("Every option but one, for each in turn.")
        .expects("one error with that option, its variables, and nothing else")
        .why("What is not wrong in an error buries what is.")
        .configuration(|subject| {
            let variables = complete(subject)?;
            let mut seen = Vec::new();
            for field in required(subject) {
                let error = error_with(subject, &without(&variables, field))?;
                names_all(&error, field)?;
                require(error.problems().len() == 1, || format!("it names more: {error}"))?;
                seen.push(error.to_string());
            }
            Ok(seen)
        }),
    Case::must("cfg-blank-is-unset", "A blank variable counts as unset, and that is said", High)
        .refs(&["CVE-2019-20933"])
        .sends("Each required option as an empty text, and as spaces.")
        .expects("an error that names the option and says that it is blank")
        .why("An empty secret or audience must never become one that matches.")
        .configuration(|subject| {
            let variables = complete(subject)?;
            let mut seen = Vec::new();
            for field in required(subject) {
                for blank in ["", "   ", "\t\n"] {
                    let set = with(&variables, field, field.variables[0], blank);
                    let error = error_with(subject, &set)?;
                    names_all(&error, field)?;
                    let said = error.to_string().contains("blank");
                    require(said, || format!("it does not say that it is blank: {error}"))?;
                }
                seen.push(format!("{}: blank", field.name));
            }
            Ok(seen)
        }),
    Case::must("cfg-optional-blank", "An optional variable that is blank is not left out", High)
        .refs(&["CWE-1188"])
        .sends("Each option that may be left out as an empty text.")
        .expects("an error that names the variable and says that it is blank")
        .why("Whoever writes `AUDIENCE=` meant a check, and would get none.")
        .configuration(|subject| {
            let variables = complete(subject)?;
            let mut seen = Vec::new();
            let may_be_absent = |field: &&Field| field.presence == Presence::Optional;
            for field in subject.descriptor().options().filter(may_be_absent) {
                let Some(variable) = field.variables.first() else { continue };
                let error = error_with(subject, &with(&variables, field, variable, " "))?;
                let text = error.to_string();
                let is_told = text.contains(variable) && text.contains("blank");
                require(is_told, || format!("it does not say what is blank: {text}"))?;
                seen.push(text);
            }
            require_some(&seen, "no option may be left out")?;
            Ok(seen)
        }),
    Case::must("cfg-alias", "Each variable of an option works", Medium)
        .refs(&[])
        .sends("Each option under each of its variables in turn.")
        .expects("it is built")
        .why("A name that is documented and not read is worse than none.")
        .configuration(|subject| {
            let variables = complete(subject)?;
            let mut seen = Vec::new();
            for field in required(subject) {
                let value = variables
                    .iter()
                    .find(|(name, _)| field.variables.contains(&name.as_str()))
                    .map(|(_, value)| value.clone())
                    .unwrap_or_default();
                for variable in field.variables {
                    builds(subject, &with(&variables, field, variable, &value))?;
                    seen.push((*variable).to_owned());
                }
            }
            Ok(seen)
        }),
    Case::must("cfg-malformed", "A malformed value names its variable", High)
        .refs(&["CWE-20"])
        .sends("Each option whose text has a form, as something else.")
        .expects("an error that names option and variable")
        .why("A value that cannot be read must not be replaced by a guess.")
        .configuration(|subject| {
            use auth_core::config::Kind::{Boolean, Domain, Duration, HmacSecret, Number, Url};
            let variables = complete(subject)?;
            let mut seen = Vec::new();
            for field in subject.descriptor().options() {
                let has_form =
                    matches!(field.kind, Boolean | Domain | Duration | HmacSecret | Number | Url);
                let Some(variable) = field.variables.first().filter(|_| has_form) else { continue };
                let error = error_with(subject, &with(&variables, field, variable, "https://?"))?;
                names_all(&error, &Field { variables: &[], ..*field })?;
                let named = error.to_string().contains(variable);
                require(named, || format!("the error does not name {variable}: {error}"))?;
                seen.push(error.to_string());
            }
            Ok(seen)
        }),
    Case::must("cfg-short-secret", "A secret that is too short", Critical)
        .refs(&["RFC 7518 §3.2"])
        .sends("Each shared secret as a text of 8 and of 31 bytes.")
        .expects("an error that names the option and does not quote the secret")
        .why("It can be guessed, and then everybody can sign.")
        .configuration(|subject| {
            secrets(subject, &["8 bytes.", "31 bytes, one less than needed."])
        }),
    Case::must("cfg-public-key-as-secret", "A public key in place of a secret", Critical)
        .refs(&["RFC 8725 §2.1"])
        .sends("Each shared secret as a PEM, with white space before it, and as a JWK.")
        .expects("an error that names the option and does not quote the text")
        .why("It is long, and known to everybody.")
        .configuration(|subject| {
            let body = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA";
            let pem = format!("-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----");
            let jwk = format!("{{\"kty\":\"RSA\",\"n\":\"{body}\",\"e\":\"AQAB\"}}");
            let texts = [pem.clone(), format!("\u{feff}{pem}"), jwk, format!("ssh-rsa {body}")];
            secrets(subject, &texts.each_ref().map(String::as_str))
        }),
    Case::must("cfg-secret-never-printed", "A secret is never printed", Critical)
        .refs(&["CWE-532", "CWE-209"])
        .sends("A secret in every option that is one; then errors and `Debug` are read.")
        .expects("the secret in neither text nor `Debug` of anything")
        .why("Logs are read by more people than secrets are meant for.")
        .configuration(|subject| {
            let variables = complete(subject)?;
            let is_secret = |name: &str| {
                let of = |field: &Field| field.secret && field.variables.contains(&name);
                subject.descriptor().options().any(of)
            };
            let secrets: Vec<_> = variables
                .iter()
                .filter(|(name, _)| is_secret(name))
                .map(|(_, value)| value)
                .collect();
            let good = built(subject, &variables).map_err(|e| Stop::Control(e.to_string()))?;
            require_some(&secrets, "it has no secret")?;
            // An error beside a good secret: everything else is blank.
            let beside = variables.iter().map(|(name, value)| {
                let text = if is_secret(name) { value.as_str() } else { "" };
                (name.clone(), text.to_owned())
            });
            let broken = built(subject, &beside.collect());
            let told = broken.as_ref().map_or_else(ToString::to_string, |_| String::new());
            let printed = format!("{good:?} {:?} {broken:?} {told}", good.verifier());
            let leak = secrets.iter().any(|secret| printed.contains(secret.as_str()));
            require(!leak, || "a secret was printed".to_owned())?;
            Ok(vec![format!("{} secrets, none printed", secrets.len())])
        }),
];

/// Each of these texts is refused in place of each shared secret, and not quoted.
fn secrets(subject: &Registered, texts: &[&str]) -> Result<Vec<String>, Stop> {
    let variables = complete(subject)?;
    let is_secret = |field: &&Field| field.kind == auth_core::config::Kind::HmacSecret;
    let mut seen = Vec::new();
    for field in subject.descriptor().options().filter(is_secret) {
        for text in texts {
            let error = error_with(subject, &with(&variables, field, field.variables[0], text))?;
            let malformed = |kind: &ProblemKind| matches!(kind, ProblemKind::Malformed { .. });
            let is_named = error.problems().iter().any(|problem| malformed(&problem.kind));
            require(is_named, || format!("another error: {error}"))?;
            require(!error.to_string().contains(text), || "the error quotes it".to_owned())?;
            seen.push(error.to_string());
        }
    }
    require_some(&seen, "it has no shared secret")?;
    Ok(seen)
}

/// A case that has nothing to ask does not pass: it does not apply.
fn require_some<T>(asked: &[T], reason: &str) -> Result<(), Stop> {
    if asked.is_empty() { Err(Stop::Skip(reason.to_owned())) } else { Ok(()) }
}
