//! What a provider's `check` answers with: nothing is wrong, or a sentence. Next: `problem`.

use std::fmt::Display;

/// The answer of `#[auth(check = ..)]`. Implemented for `Result<(), impl Display>`, and for nothing
/// else: a trait of our own is what lets the message say so.
#[diagnostic::on_unimplemented(
    message = "a check answers with `Result<(), impl Display>`, not with `{Self}`",
    label = "answers with `{Self}`",
    note = "it runs before the server does and cannot wait: what needs the network belongs in \
            `authenticate`"
)]
pub trait Checked {
    /// What is wrong, if anything is.
    fn complaint(self) -> Option<String>;
}

impl<E: Display> Checked for Result<(), E> {
    fn complaint(self) -> Option<String> {
        self.err().map(|error| error.to_string())
    }
}
