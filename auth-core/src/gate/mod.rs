//! Step 0: the gate, which decides about each request.
//!
//! Read `walk` first (the whole walk in one function), then `builder` (what an application says of
//! its routes, checked when the gate is built), `groups` (another provider under some paths) and
//! `event` (what is told of each decision). Next: `request`.

mod walk;
mod builder;
mod groups;
mod event;

pub use builder::{GateBuilder, GateError};
pub use event::{DecisionEvent, Outcome};
pub use walk::Gate;
