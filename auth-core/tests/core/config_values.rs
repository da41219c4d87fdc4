//! Values that are read from text beside the plainest ones of `config`: spans of several units,
//! numbers that are never zero, addresses, lists of anything.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::num::{NonZeroU16, NonZeroUsize};
use std::time::Duration;

use auth_core::config::{FromEnv, Kind};
use auth_core::{Algorithm, Domain, Secret};
use url::Url;

/// What was expected of a text, as a sentence.
fn complaint<T: FromEnv>(text: &str) -> String {
    T::from_env(text).map_or_else(|error| error.to_string(), |_| "nothing".to_owned())
}

#[test]
fn a_duration_may_have_several_units_from_the_longest_to_the_shortest() {
    for (text, milliseconds) in
        [("1h30m", 5_400_000), ("1m30s", 90_000), ("1h2m3s4ms", 3_723_004), ("1h1ms", 3_600_001)]
    {
        assert_eq!(Duration::from_env(text), Ok(Duration::from_millis(milliseconds)), "{text}");
    }
    for text in ["30m1h", "1m1m", "1h30", "1h 30m", "h", "1ms1s", "18446744073709551615s1s"] {
        assert_eq!(
            complaint::<Duration>(text),
            format!("expected a duration such as 30s, 5m or 1h, found {text:?}")
        );
    }
}

#[test]
fn a_number_that_is_never_zero_says_so() {
    assert_eq!(NonZeroU16::from_env("443").map(NonZeroU16::get), Ok(443));
    assert_eq!(NonZeroUsize::KIND, Kind::Number);
    assert_eq!(
        complaint::<NonZeroU16>("0"),
        "expected a whole number from 1 to 65535, found \"0\""
    );
}

#[test]
fn an_address_is_an_ip_address_and_no_host_name() {
    assert_eq!(IpAddr::from_env("::1"), Ok(Ipv6Addr::LOCALHOST.into()));
    assert_eq!(SocketAddr::from_env("[::1]:80"), Ok((Ipv6Addr::LOCALHOST, 80).into()));
    assert_eq!(
        complaint::<IpAddr>("localhost"),
        "expected an IP address such as 127.0.0.1 or ::1, found \"localhost\""
    );
    assert_eq!(
        complaint::<SocketAddr>("127.0.0.1"),
        "expected an IP address with a port, such as 127.0.0.1:8080 or [::1]:8080, found \
         \"127.0.0.1\""
    );
}

#[test]
fn a_list_may_hold_anything_that_is_read_from_text() {
    assert_eq!(Vec::from_env("RS256, ES256"), Ok(vec![Algorithm::RS256, Algorithm::ES256]));
    assert_eq!(Vec::from_env("b.example").map(|hosts: Vec<Domain>| hosts.len()), Ok(1));
    assert_eq!(BTreeSet::from_env("2,1,2"), Ok(BTreeSet::from([1_u8, 2])));
    assert_eq!((Vec::<u8>::KIND, BTreeSet::<u8>::KIND), (Kind::List, Kind::List));
}

#[test]
fn every_wrong_entry_of_a_list_is_named_up_to_five() {
    assert_eq!(
        complaint::<Vec<bool>>("yes,maybe, no ,2"),
        "entry 2: expected true or false, found \"maybe\"; entry 4: expected true or false, found \
         \"2\""
    );
    let complaint = complaint::<BTreeSet<u8>>(&["x"; 1000].join(","));
    assert_eq!(complaint.matches("entry ").count(), 5, "{complaint}");
}

#[test]
fn a_list_of_secrets_is_a_secret() {
    const { assert!(Vec::<Secret<String>>::SECRET && !Vec::<String>::SECRET) };
    for text in ["hunter2,,x", "1,hunter2"] {
        let error = Vec::<Secret<u8>>::from_env(text).map(|_| ()).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    }
}

#[test]
fn the_password_of_a_url_is_quoted_by_no_complaint() {
    for text in [
        "//user:hunter2@acme.example",
        "https://user:hunter2@acme example",
        "https:user:hunter2@acme example/",
        "https://user:hun@hunter2@:acme.example",
        "https://a .example,https://user:hunter2@acme.example",
    ] {
        let complaint = complaint::<Url>(text);
        assert!(complaint.contains("acme"), "{complaint}");
        assert!(!complaint.contains("hunter2"), "{complaint}");
    }
    assert!(complaint::<Domain>("user@acme.example").ends_with("found \"user@acme.example\""));
}
