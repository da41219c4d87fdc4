//! Tokens of Kubernetes service accounts: `provider` checks them, `account` is whose they are.

mod account;
mod callers;
mod provider;

pub use account::KubernetesAccount;
pub use provider::{Kubernetes, KubernetesBuilder};
