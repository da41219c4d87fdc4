//! Structs of every shape: without fields, generic, with names that clash with nothing.

use std::fmt::{self, Debug};
use std::marker::PhantomData;

use auth_core::config::FromEnv;
use auth_core::{AuthError, AuthProvider, Authenticate, Configure, Request, Token};

use crate::{Nobody, authenticates_nobody, environment, problems};

#[derive(AuthProvider)]
#[auth(name = "unit")]
struct Unit;

#[derive(AuthProvider)]
#[auth(name = "empty")]
struct Empty {}

#[test]
fn builds_a_struct_without_fields() {
    assert_eq!(Unit::builder().build_in(&environment([])).unwrap().name(), "unit");
    assert_eq!(Empty::builder().build_in(&environment([])).unwrap().name(), "empty");
}

/// Raw names, and the names of everything that the generated code might call its own.
#[derive(AuthProvider)]
#[auth(name = "names")]
struct Names {
    #[auth(env = "NAMES_TYPE")]
    r#type: String,
    #[auth(default = 1)]
    resolver: u8,
    #[auth(default = 2)]
    value: u8,
    #[auth(default = 4)]
    value_0: u8,
    #[auth(default = 8)]
    builder: u8,
    #[auth(default = 16)]
    provider: u8,
    text: Option<String>,
    result: Option<String>,
    formatter: Option<String>,
    #[auth(init = resolver + value + value_0 + builder + provider)]
    r#match: u8,
    #[auth(init = format!("{type}{text:?}{result:?}{formatter:?}", type = r#type))]
    name: String,
}

#[test]
fn keeps_out_of_the_way_of_every_name() {
    let names = Names::builder().r#type("a").build_in(&environment([])).unwrap();
    assert_eq!(names.provider().r#match, 31);
    assert_eq!(names.provider().name, "aNoneNoneNone");
}

#[test]
fn calls_a_raw_field_by_its_plain_name() {
    let error = Names::builder().build_in(&environment([])).unwrap_err();
    assert_eq!(problems(&error), ["type  is required: call `.type(..)` or set NAMES_TYPE"]);
    assert!(Names::DESCRIPTOR.field("match").is_some());
}

/// Parameters of each kind, one of them with a name that a setter would like to use.
#[derive(AuthProvider)]
#[auth(name = "generic", register = false)]
struct Generic<R: FromEnv + Debug, const N: usize>
where
    R: Send + Sync + 'static,
{
    #[auth(env = "GENERIC_KEY")]
    rank: R,
    #[auth(default = [0; N])]
    bytes: [u8; N],
    #[auth(init = PhantomData)]
    marker: PhantomData<R>,
}

impl<R: FromEnv + Debug + Send + Sync, const N: usize> Authenticate for Generic<R, N> {
    type User = Nobody;

    async fn authenticate(&self, _: &Token<'_>, _: &Request<'_>) -> Result<Nobody, AuthError> {
        Ok(Nobody)
    }
}

#[test]
fn builds_a_generic_struct() {
    crate::is_a_provider::<Generic<u8, 2>>();
    let builder = Generic::<u8, 2>::builder().authorize_user(|_, _| true);
    let generic = builder.build_in(&environment([("GENERIC_KEY", "7")])).unwrap();
    assert_eq!((generic.provider().rank, generic.provider().bytes), (7, [0, 0]));
    assert_eq!(
        format!("{:?}", generic.provider()),
        "Generic { rank: 7, bytes: [0, 0], marker: PhantomData<u8> }"
    );
}

#[derive(AuthProvider)]
#[auth(name = "by-hand", debug = false)]
struct ByHand {
    audience: String,
}

impl Debug for ByHand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "by hand, for {}", self.audience)
    }
}

#[test]
fn leaves_debug_to_whoever_writes_it() {
    let by_hand = ByHand::builder().audience("api").build_in(&environment([])).unwrap();
    assert_eq!(format!("{:?}", by_hand.provider()), "by hand, for api");
}

authenticates_nobody!(Unit, Empty, Names, ByHand);
