//! What stands beside the examples: the server of a gRPC service, which tonic's build step would
//! write from a `.proto` file. By hand it needs no compiler for such files. A message is a text.
//!
//! In: a request of HTTP/2. Out: what the function says that was given for all methods. Used by
//! `tonic.rs`; the other examples stand on their own.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Buf as _, BufMut as _};
use tonic::body::Body;
use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::server::{Grpc, NamedService};
use tonic::{Request, Response, Status};
use tower::Service;

/// The methods of `acme.v1.Orders`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Whether it is alive.
    Health,
    /// News.
    Feed,
    /// A user's orders.
    List,
    /// Places an order.
    Place,
}

/// Serves `acme.v1.Orders` with a function.
#[derive(Debug, Clone)]
pub struct OrdersServer<F>(F);

/// Messages as they are.
#[derive(Debug, Clone, Copy)]
struct Texts;

impl<F, A> OrdersServer<F>
where
    F: Fn(Method, Request<String>) -> A,
    A: Future<Output = Result<Response<String>, Status>>,
{
    /// A server that answers with this function.
    pub const fn new(answer: F) -> Self {
        Self(answer)
    }
}

impl Method {
    fn of(path: &str) -> Option<Self> {
        match path.strip_prefix("/acme.v1.Orders/")? {
            "Health" => Some(Self::Health),
            "Feed" => Some(Self::Feed),
            "List" => Some(Self::List),
            "Place" => Some(Self::Place),
            _ => None,
        }
    }
}

impl<F> NamedService for OrdersServer<F> {
    const NAME: &'static str = "acme.v1.Orders";
}

impl<F, A> Service<http::Request<Body>> for OrdersServer<F>
where
    F: Fn(Method, Request<String>) -> A + Clone + Send + Sync + 'static,
    A: Future<Output = Result<Response<String>, Status>> + Send + 'static,
{
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let answer = self.0.clone();
        Box::pin(async move {
            let Some(method) = Method::of(request.uri().path()) else {
                return Ok(Status::unimplemented("there is no such method").into_http());
            };
            let answer = tower::service_fn(move |request| answer(method, request));
            Ok(Grpc::new(Texts).unary(answer, request).await)
        })
    }
}

impl Codec for Texts {
    type Encode = String;
    type Decode = String;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        *self
    }

    fn decoder(&mut self) -> Self {
        *self
    }
}

impl Encoder for Texts {
    type Item = String;
    type Error = Status;

    fn encode(&mut self, text: String, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        buffer.put_slice(text.as_bytes());
        Ok(())
    }
}

impl Decoder for Texts {
    type Item = String;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<String>, Status> {
        let bytes = buffer.copy_to_bytes(buffer.remaining());
        let text = String::from_utf8(bytes.into());
        text.map(Some).map_err(|_| Status::invalid_argument("the message is no text"))
    }
}
