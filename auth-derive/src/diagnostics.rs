//! Mistakes: collected while reading, reported together.
//!
//! In: a token and a sentence. Out: one `compile_error!` each, at its own token. A sentence is in
//! lower case, names the thing in backticks, and says what to do. Next: `grammar`, which finds the
//! first of them.

use std::cell::{Cell, RefCell};
use std::fmt::Display;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// Collects every mistake of one struct.
///
/// Reading goes on after a mistake: whoever finds one puts a stand-in where the value should be,
/// so that it counts as given and causes no second message.
pub(crate) struct Ctxt {
    errors: RefCell<Vec<syn::Error>>,
    finished: Cell<bool>,
}

impl Ctxt {
    pub(crate) fn new() -> Self {
        Self { errors: RefCell::default(), finished: Cell::new(false) }
    }

    /// Notes a mistake that `tokens` make; all of them are underlined.
    pub(crate) fn error(&self, tokens: impl ToTokens, message: impl Display) {
        self.add(syn::Error::new_spanned(tokens, message));
    }

    /// Notes a mistake at one place.
    pub(crate) fn error_at(&self, span: Span, message: impl Display) {
        self.add(syn::Error::new(span, message));
    }

    /// Notes what the parser of Rust has to say.
    pub(crate) fn add(&self, error: syn::Error) {
        self.errors.borrow_mut().push(error);
    }

    /// Ends the reading: the messages as tokens in the order of the source, if there are any.
    pub(crate) fn finish(self) -> Result<(), TokenStream> {
        self.finished.set(true);
        let mut errors = self.errors.take();
        if errors.is_empty() {
            return Ok(());
        }
        errors.sort_by_key(|error| {
            // Not `Option::unwrap`: rustc's span behind syn's.
            let place = error.span().unwrap().start();
            (place.line(), place.column())
        });
        Err(errors.iter().map(syn::Error::to_compile_error).collect())
    }
}

impl Drop for Ctxt {
    fn drop(&mut self) {
        // Otherwise a mistake could be found and never told.
        debug_assert!(
            self.finished.get() || std::thread::panicking(),
            "a `Ctxt` ends with `finish`"
        );
    }
}
