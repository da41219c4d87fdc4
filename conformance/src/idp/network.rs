//! A network in which every host name leads to the local front: production URLs stay what they
//! are, and a request to a host that nobody should know arrives where it is counted.

use std::net::SocketAddr;
use std::sync::Arc;

use auth_core::http::{HttpClient, ReqwestClient};
use reqwest::Certificate;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::tls::Front;

/// Resolves every name to one address.
#[derive(Debug, Clone, Copy)]
pub struct Network(SocketAddr);

impl Resolve for Network {
    fn resolve(&self, _: Name) -> Resolving {
        let addresses: Addrs = Box::new(std::iter::once(self.0));
        Box::pin(std::future::ready(Ok(addresses)))
    }
}

/// A client whose world is the front: all names lead there, and only its authority is trusted.
///
/// # Panics
///
/// When the client cannot be made: a mistake in the harness.
pub fn client(front: &Front) -> Arc<dyn HttpClient> {
    let authority =
        Certificate::from_pem(front.authority_pem().as_bytes()).expect("rcgen writes PEM");
    let network = Network(front.address());
    let client = ReqwestClient::configure(|builder| {
        builder.tls_certs_only([authority]).dns_resolver(Arc::new(network)).no_proxy()
    });
    Arc::new(client.expect("a client with one authority can be made"))
}
