//! What configuration cases work with: variables, a network that is down, and what comes of them.
//!
//! In: a registered provider. Out: a [`Trial`] with a value for every option that needs one; cases
//! change one thing, build it, and read the problems. Next: `cfg`.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use auth_core::Configured;
use auth_core::any::AnyProvider;
use auth_core::config::{ConfigError, Environment, Field, Kind, Presence, Source, Texts};
use auth_core::http::{HttpClient, HttpError, HttpRequest, HttpResponse};
use futures_util::future::{BoxFuture, ready};

use crate::bench::require;
use crate::subject::Registered;
use crate::verdict::Stop;

/// A provider about to be built from these variables and from nothing else.
#[derive(Clone)]
pub(super) struct Trial<'s> {
    subject: &'s Registered,
    variables: BTreeMap<String, String>,
    /// Options by name, as the application gives them.
    texts: Texts,
}

/// A network that is down, and counts who tried.
#[derive(Debug, Default)]
pub(super) struct Down(AtomicUsize);

impl HttpClient for Down {
    fn send(&self, _: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, HttpError>> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Box::pin(ready(Err(HttpError::Connect)))
    }
}

impl Down {
    /// How many requests were tried.
    pub(super) fn tried(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

impl<'s> Trial<'s> {
    /// Nothing is set.
    pub(super) const fn empty(subject: &'s Registered) -> Self {
        Self { subject, variables: BTreeMap::new(), texts: Texts::empty() }
    }

    /// Every option that needs a value has one, and it is built with them.
    pub(super) fn complete(subject: &'s Registered) -> Result<Self, Stop> {
        let variables = subject.vendor.variables_for(subject.descriptor());
        let variables = variables.map_err(Stop::Unimplemented)?.into_iter().collect();
        let trial = Self { subject, variables, texts: Texts::empty() };
        match trial.build()? {
            Ok(_) => Ok(trial),
            Err(error) => Err(Stop::Control(error.to_string())),
        }
    }

    /// The options that have to be given.
    pub(super) fn required(&self) -> Vec<&'static Field> {
        let options = self.subject.descriptor().options();
        options.filter(|field| field.presence == Presence::Required).collect()
    }

    /// The options that a variable can set.
    pub(super) fn options(&self) -> impl Iterator<Item = &'static Field> + use<> {
        self.subject.descriptor().options().filter(|field| !field.variables.is_empty())
    }

    /// The options that a variable can set, each with a text that is good for it. Left out is what
    /// nobody can know: what a parser of its own takes, and what a rule across options asks for.
    pub(super) fn filled(&self) -> Result<Vec<(&'static Field, String)>, Stop> {
        let mut filled = Vec::new();
        for field in self.options() {
            let text = self.subject.vendor.value_for(self.subject.descriptor(), field);
            match self.clone().only(field, field.variables[0], &text).build()? {
                Ok(_) => filled.push((field, text)),
                Err(_) if matches!(field.kind, Kind::Other | Kind::List) => {}
                Err(error) if error.problems().iter().all(|it| it.field != field.name) => {}
                Err(error) => return Err(Stop::Control(error.to_string())),
            }
        }
        Ok(filled)
    }

    /// One more variable.
    pub(super) fn set(mut self, variable: &str, text: &str) -> Self {
        self.variables.insert(variable.to_owned(), text.to_owned());
        self
    }

    /// One more option by name.
    pub(super) fn give(mut self, option: &str, text: &str) -> Self {
        self.texts.set(option, text);
        self
    }

    /// None of the option's variables, nor of those that name its file.
    pub(super) fn without(mut self, field: &Field) -> Self {
        self.variables.retain(|name, _| {
            !field.variables.contains(&name.strip_suffix("_FILE").unwrap_or(name))
                && !field.variables.contains(&name.as_str())
        });
        self
    }

    /// Of the option's variables this one.
    pub(super) fn only(self, field: &Field, variable: &str, text: &str) -> Self {
        self.without(field).set(variable, text)
    }

    /// Every variable as this says, `None` unsets it.
    pub(super) fn map(mut self, change: impl Fn(&str, String) -> Option<(String, String)>) -> Self {
        let variables = std::mem::take(&mut self.variables).into_iter();
        self.variables = variables.filter_map(|(name, text)| change(&name, text)).collect();
        self
    }

    /// The text of the option's variable that is set.
    pub(super) fn text(&self, field: &Field) -> Option<&str> {
        let is_of_field = |(name, _): &(&String, _)| field.variables.contains(&name.as_str());
        self.variables.iter().find(is_of_field).map(|(_, text)| text.as_str())
    }

    /// What comes of it, in a network that is down.
    pub(super) fn build(&self) -> Result<Built, Stop> {
        self.build_on(&Arc::default())
    }

    /// What comes of it in that network.
    pub(super) fn build_on(&self, network: &Arc<Down>) -> Result<Built, Stop> {
        self.build_in(&Environment::process().with_http(Arc::clone(network) as _))
    }

    /// What comes of it there. A panic is a miss: no text may bring a server down.
    pub(super) fn build_in(&self, environment: &Environment) -> Result<Built, Stop> {
        let vars = self.variables.clone().into_iter().collect();
        let environment = environment.clone().with_vars(vars);
        let built = catch_unwind(AssertUnwindSafe(|| {
            self.subject.build_with(self.texts.clone(), &environment)
        }));
        built.map_err(|_| Stop::Missed("building it panicked".to_owned()))
    }

    /// It is built.
    pub(super) fn must_build(&self, label: &str) -> Result<Configured<AnyProvider>, Stop> {
        self.build()?.map_err(|error| Stop::Missed(format!("{label}: it was not built: {error}")))
    }

    /// It is not built.
    pub(super) fn must_fail(&self, label: &str) -> Result<ConfigError, Stop> {
        match self.build()? {
            Ok(_) => Err(Stop::Missed(format!("{label}: it was built all the same"))),
            Err(error) => Ok(error),
        }
    }

    /// It is not built because of these options, in this order, and of nothing else.
    pub(super) fn must_blame(&self, label: &str, fields: &[&Field]) -> Result<ConfigError, Stop> {
        let error = self.must_fail(label)?;
        blames(&error, label, fields)?;
        Ok(error)
    }
}

/// What comes of building.
pub(super) type Built = Result<Configured<AnyProvider>, ConfigError>;

/// The option's value came from there, as the provider says.
pub(super) fn must_come_from(
    built: &Configured<AnyProvider>,
    field: &Field,
    source: &Source,
    label: &str,
) -> Result<(), Stop> {
    let origin = built.sources().iter().find(|origin| origin.field().name == field.name);
    let told = origin.map_or_else(|| "nowhere".to_owned(), |origin| origin.source().to_string());
    require(origin.is_some_and(|origin| origin.source() == source), || {
        format!("{label}: expected {} from {source}, it says from {told}", field.name)
    })
}

/// The error is about these options, in this order, and about nothing else.
pub(super) fn blames(error: &ConfigError, label: &str, fields: &[&Field]) -> Result<(), Stop> {
    let blamed: Vec<_> = error.problems().iter().map(|problem| problem.field).collect();
    let meant: Vec<_> = fields.iter().map(|field| field.name).collect();
    require(blamed == meant, || {
        format!("{label}: expected problems with {meant:?}, got {blamed:?}: {error}")
    })
}

/// The error says all of these words.
pub(super) fn must_say(error: &ConfigError, words: &[&str]) -> Result<(), Stop> {
    let text = error.to_string();
    let unsaid = words.iter().find(|word| !text.contains(**word));
    unsaid
        .map_or(Ok(()), |word| Err(Stop::Missed(format!("the error does not say {word}: {text}"))))
}

/// A case that has nothing to ask does not pass: it does not apply.
pub(super) fn require_some<T>(asked: &[T], reason: &str) -> Result<(), Stop> {
    if asked.is_empty() { Err(Stop::Skip(reason.to_owned())) } else { Ok(()) }
}

/// The problems in one line each, for snapshots.
pub(super) fn lines(error: &ConfigError) -> impl Iterator<Item = String> {
    error.problems().iter().map(ToString::to_string)
}

/// Which tokens it asks for, as far as it shows.
pub(super) fn shape(provider: &Configured<AnyProvider>) -> String {
    let Some(verifier) = provider.verifier() else { return "no verifier".to_owned() };
    let (issuers, audiences) = (verifier.issuers(), verifier.audiences());
    let (keys, leeway) = (verifier.key_source(), verifier.leeway());
    format!("{issuers:?} {audiences:?} {:?} {leeway:?} {keys:?}", verifier.algorithms())
}
