//! Every example, started as it stands and asked over real connections; the vendor is a fake on
//! loopback, behind TLS and its production host name. Read `table` first: one list of requests for
//! three frameworks.
#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

// The vendors' fakes look for the providers that are linked.
use auth_providers as _;

mod apps;
mod ask;
mod front;
mod mcp;
mod optional;
mod serve;
mod table;
mod tenants;
