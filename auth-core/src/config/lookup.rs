//! One option's value: what the builder and the environment hold in, the value that ranks first
//! out. Called by `resolve`. Next: `file`.

use std::borrow::Cow;

use super::failure::Failure;
use super::slot::Slot;
use super::source::{Origin, Source};
use super::{Field, NotUnicode, ProblemKind, Resolver, ValueError, file};

/// What a field's sources hold.
pub(super) enum Found<T> {
    Value(T),
    /// Something that was noted.
    Unusable,
    Nothing {
        /// The variables that are set, but blank.
        blank: Vec<Cow<'static, str>>,
    },
}

/// Reads the text of an option.
pub(super) type Parse<T> = fn(&str) -> Result<T, Failure>;

impl Resolver<'_> {
    /// Builder, then variables from left to right.
    pub(super) fn lookup<T>(
        &mut self,
        field: &'static Field,
        slot: Slot<T>,
        parse: Option<Parse<T>>,
    ) -> Found<T> {
        match (slot.0, self.texts.take(field.name).as_slice()) {
            (None, []) => self.variables(field, parse),
            (None, [text]) => self.text(field, text, parse),
            (Some(Ok(value)), []) => self.found(Origin::new(field, Source::Builder, None), value),
            (Some(Err(failure)), []) => {
                self.refuse(field, failure);
                Found::Unusable
            }
            _ => self.unusable(field, ProblemKind::Twice { variables: Vec::new() }),
        }
    }

    /// A text that the builder was given.
    fn text<T>(&mut self, field: &'static Field, text: &str, parse: Option<Parse<T>>) -> Found<T> {
        let Some(parse) = parse else { return self.unusable(field, ProblemKind::NoText) };
        if text.trim().is_empty() {
            return self.unusable(field, ProblemKind::Blank { variables: Vec::new() });
        }
        // What the builder was given is not shown: only its author knows what it is.
        let origin = Origin::new(field, Source::Builder, None);
        self.read(origin, text.trim(), parse)
    }

    /// The first variable that is not blank. One that cannot be used is never passed over.
    fn variables<T>(&mut self, field: &'static Field, parse: Option<Parse<T>>) -> Found<T> {
        let mut blank = Vec::new();
        let Some(parse) = parse else { return Found::Nothing { blank } };
        for variable in field.variables.iter().copied() {
            let file = field.file_variable(variable);
            let text = self.variable(variable.into(), &mut blank);
            let path = file.clone().map_or(Ok(None), |file| self.variable(file.into(), &mut blank));
            match (text, path, file) {
                (Ok(None), Ok(None), _) => {}
                (Ok(Some(text)), Ok(None), _) => {
                    let origin = Origin::new(field, Source::Variable(variable), Some(&text));
                    return self.read(origin, &text, parse);
                }
                (Ok(None), Ok(Some(path)), Some(file)) => {
                    return self.file(field, file, path, parse);
                }
                (Ok(_), Ok(_), file) => {
                    let variables = [Some(variable.into()), file].into_iter().flatten().collect();
                    return self.unusable(field, ProblemKind::Twice { variables });
                }
                (Ok(_), Err(NotUnicode), Some(variable)) => {
                    let reason = "expected a path in UTF-8, found other bytes".into();
                    let path = None;
                    let kind = ProblemKind::Unreadable { variable, path, reason };
                    return self.unusable(field, kind);
                }
                (Err(NotUnicode), ..) | (_, Err(NotUnicode), None) => {
                    let error = ValueError::new("text in UTF-8, found other bytes");
                    let source = Source::Variable(variable);
                    return self.unusable(field, ProblemKind::Malformed { source, error });
                }
            }
        }
        Found::Nothing { blank }
    }

    /// The text of one variable without white space around it, if it is set and not blank.
    fn variable(
        &self,
        variable: Cow<'static, str>,
        blank: &mut Vec<Cow<'static, str>>,
    ) -> Result<Option<String>, NotUnicode> {
        let text = self.environment.vars().get(&variable)?;
        let is_blank = text.as_ref().is_some_and(|text| text.trim().is_empty());
        if is_blank {
            blank.push(variable);
            return Ok(None);
        }
        Ok(text.map(|text| text.trim().to_owned()))
    }

    /// The text of the file at `path`, which the variable `variable` names.
    fn file<T>(
        &mut self,
        field: &'static Field,
        variable: String,
        path: String,
        parse: Parse<T>,
    ) -> Found<T> {
        match file::read(&path) {
            Ok(text) => {
                let origin = Origin::new(field, Source::File { variable, path }, None);
                self.read(origin, &text, parse)
            }
            Err(unreadable) => {
                let file::Unreadable { path, reason } = unreadable;
                self.unusable(field, ProblemKind::Unreadable { variable, path, reason })
            }
        }
    }

    fn read<T>(&mut self, origin: Origin, text: &str, parse: Parse<T>) -> Found<T> {
        match parse(text) {
            Ok(value) => self.found(origin, value),
            Err(failure) => {
                let field = origin.field();
                let error = failure.into_value_error(field, text);
                self.unusable(field, ProblemKind::Malformed { source: origin.into_source(), error })
            }
        }
    }

    fn found<T>(&mut self, origin: Origin, value: T) -> Found<T> {
        self.origins.push(origin);
        Found::Value(value)
    }

    fn unusable<T>(&mut self, field: &'static Field, kind: ProblemKind) -> Found<T> {
        self.note(field, kind);
        Found::Unusable
    }
}
