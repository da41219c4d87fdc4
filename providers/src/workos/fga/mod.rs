//! Fine-grained authorization: may this member do this with that resource?
//!
//! Read `authorizer` first (the questions), then `resource` and `member` (what they are about),
//! `interface` (how they are put to either of WorkOS's two interfaces), `rule` (which question a
//! request is) and `provider` (a provider that puts it). Whatever is not a plain yes is a no or a
//! 503.

mod authorizer;
mod interface;
mod member;
mod provider;
mod resource;
mod rule;

pub use authorizer::Fga;
pub use interface::FgaInterface;
pub use member::FgaMember;
pub use provider::{WorkOsFga, WorkOsFgaBuilder};
pub use resource::{FgaNeed, FgaResource};
pub use rule::FgaRule;
