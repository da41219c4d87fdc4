//! Step 2 and half of step 8: what a path asks for, and which users may do what there.
//!
//! Read `target` first (a path that every reader reads alike), then `pattern` (what paths a rule is
//! about), `public` (which paths need no user), `rule` and `table` (what users may do, first match
//! decides). All of it is read once, when a server starts, and every mistake is reported then.
//! Next: `token`.

mod target;
mod pattern;
mod public;
mod rule;
mod table;

pub use pattern::Pattern;
pub use public::{AccessRules, Demand};
pub use rule::Rule;
pub(crate) use table::{Listing, RuleTable};
pub use target::Target;
