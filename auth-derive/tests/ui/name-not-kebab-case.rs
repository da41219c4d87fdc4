//! The name is in kebab-case.

use auth_core::AuthProvider;

#[derive(AuthProvider)]
#[auth(name = "")]
struct Empty;

#[derive(AuthProvider)]
#[auth(name = "AcmeCorp")]
struct Camel;

#[derive(AuthProvider)]
#[auth(name = "acme corp_2")]
struct Snake;

#[derive(AuthProvider)]
#[auth(name = "2acme")]
struct Digit;

fn main() {}
