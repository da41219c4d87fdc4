//! A TLS front for servers that speak none, under any host name at all.
//!
//! In: a connection that names a host (SNI). Out: a certificate for it, issued on the spot by an
//! authority that exists for this run, and then the plain server's bytes. It can also serve bad
//! certificates, hold answers back, or cut them short. Next: `idp`, which stands behind it.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs::{default_provider, sign::any_supported_type};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;

/// The certificate that the front shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Certificate {
    /// For the host that was asked for, by the trusted authority.
    #[default]
    Good,
    /// For the host, signed by itself.
    SelfSigned,
    /// For the host, by the trusted authority, no longer valid.
    Expired,
    /// For another host, by the trusted authority.
    WrongHost,
    /// For the host, by an authority that nobody trusts.
    UnknownAuthority,
}

/// What happens to an answer on its way back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Delivery {
    /// It is passed on.
    #[default]
    Whole,
    /// It is held back until this changes.
    Held,
    /// Its first bytes are passed on, then the connection is closed.
    Truncated(usize),
}

/// A running front.
#[derive(Debug)]
pub struct Front {
    address: SocketAddr,
    authority_pem: String,
    certificate: Arc<Mutex<Certificate>>,
    delivery: watch::Sender<Delivery>,
}

impl Front {
    /// Starts a front before a plain HTTP server.
    ///
    /// # Panics
    ///
    /// When no loopback port can be had.
    pub async fn start(upstream: SocketAddr) -> Self {
        let authority = Arc::new(Authority::new("trusted"));
        let certificate = Arc::new(Mutex::new(Certificate::Good));
        let (delivery, _) = watch::channel(Delivery::Whole);
        let resolver = Certificates {
            trusted: Arc::clone(&authority),
            unknown: Authority::new("unknown"),
            shown: Arc::clone(&certificate),
        };
        let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .expect("aws-lc-rs supports the default versions")
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(resolver));
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener =
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a loopback port is free");
        let address = listener.local_addr().expect("a bound socket has an address");
        tokio::spawn(accept(listener, acceptor, upstream, delivery.subscribe()));
        Self { address, authority_pem: authority.pem.clone(), certificate, delivery }
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The authority to trust, as PEM.
    pub fn authority_pem(&self) -> &str {
        &self.authority_pem
    }

    /// Shows another certificate from the next connection on.
    pub fn show(&self, certificate: Certificate) {
        *self.certificate.lock().unwrap_or_else(PoisonError::into_inner) = certificate;
    }

    /// Changes what happens to answers, those held back included.
    pub fn deliver(&self, delivery: Delivery) {
        self.delivery.send_replace(delivery);
    }
}

async fn accept(
    listener: TcpListener,
    acceptor: TlsAcceptor,
    upstream: SocketAddr,
    delivery: watch::Receiver<Delivery>,
) {
    loop {
        // The front ends with its owner: nobody is left who could want an answer.
        let closed = async {
            let mut delivery = delivery.clone();
            while delivery.changed().await.is_ok() {}
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = closed => return,
        };
        let Ok((client, _)) = accepted else { continue };
        let (acceptor, delivery) = (acceptor.clone(), delivery.clone());
        tokio::spawn(async move {
            // A client that gives up on the handshake is what bad certificates are shown for.
            let Ok(client) = acceptor.accept(client).await else { return };
            let Ok(server) = TcpStream::connect(upstream).await else { return };
            let _ = relay(client, server, delivery).await;
        });
    }
}

/// Copies requests one way and answers the other, as they are to be delivered.
async fn relay(
    client: impl AsyncRead + AsyncWrite,
    server: TcpStream,
    mut delivery: watch::Receiver<Delivery>,
) -> std::io::Result<()> {
    let (mut from_client, mut to_client) = tokio::io::split(client);
    let (mut from_server, mut to_server) = server.into_split();
    let requests = async {
        tokio::io::copy(&mut from_client, &mut to_server).await?;
        to_server.shutdown().await
    };
    let answers = async {
        let mut buffer = vec![0; 16 * 1024];
        loop {
            let read = from_server.read(&mut buffer).await?;
            let released = delivery.wait_for(|delivery| *delivery != Delivery::Held).await;
            let how = released.map_or(Delivery::Whole, |how| *how);
            match how {
                Delivery::Truncated(bytes) if read > 0 => {
                    to_client.write_all(&buffer[..read.min(bytes)]).await?;
                    return to_client.shutdown().await;
                }
                _ if read == 0 => return to_client.shutdown().await,
                _ => to_client.write_all(&buffer[..read]).await?,
            }
        }
    };
    tokio::select! { ended = requests => ended, ended = answers => ended }
}

/// An authority for one run.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

impl Authority {
    fn new(name: &str) -> Self {
        let key = KeyPair::generate().expect("aws-lc-rs generates P-256 keys");
        let mut params = CertificateParams::default();
        params.distinguished_name.push(rcgen::DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).expect("the parameters are complete").pem();
        Self { issuer: Issuer::new(params, key), pem }
    }
}

struct Certificates {
    trusted: Arc<Authority>,
    unknown: Authority,
    shown: Arc<Mutex<Certificate>>,
}

impl Certificates {
    fn issue(&self, host: &str) -> Option<CertifiedKey> {
        let shown = *self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let name = if shown == Certificate::WrongHost { "elsewhere.example" } else { host };
        let mut params = CertificateParams::new([name.to_owned()]).ok()?;
        if shown == Certificate::Expired {
            params.not_after = rcgen::date_time_ymd(2001, 1, 1);
        }
        let key = KeyPair::generate().ok()?;
        let certificate = match shown {
            Certificate::SelfSigned => params.self_signed(&key),
            Certificate::UnknownAuthority => params.signed_by(&key, &self.unknown.issuer),
            _ => params.signed_by(&key, &self.trusted.issuer),
        };
        let chain = vec![CertificateDer::from(certificate.ok()?)];
        let private = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        Some(CertifiedKey::new(chain, any_supported_type(&private).ok()?))
    }
}

impl ResolvesServerCert for Certificates {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.issue(hello.server_name()?).map(Arc::new)
    }
}

impl fmt::Debug for Certificates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Certificates")
    }
}
