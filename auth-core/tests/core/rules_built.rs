//! What is found wrong with rules when a gate is built, before it guards anything.

use auth_core::access::Rule;
use auth_core::gate::{GateBuilder, GateError};

use crate::rules::{Acme, acme_for, gate};

fn problems(build: impl FnOnce(GateBuilder<Acme>) -> GateBuilder<Acme>) -> Vec<String> {
    build(gate())
        .build()
        .map(drop)
        .map_err(|error: GateError| error.problems().to_vec())
        .unwrap_err()
}

#[test]
fn every_mistake_is_reported_at_once() {
    let found = problems(|gate| {
        let gate = gate.public(["health", "/x"]).optional(["/a/../b"]).protected(["/p*"]);
        gate.rule(Rule::on("no-slash"))
            .rule(Rule::on("/a").methods(["GET", "FETCH", "get"]))
            .rule(Rule::on("/b").methods(Vec::<&str>::new()))
            .rule(Rule::on("/c").scope("two words").role(" "))
            .rule(Rule::on("/x").role("admin"))
            .group(Vec::<&str>::new(), acme_for("b", "b"))
    });
    let text = found.join("\n");
    assert_eq!(found.len(), 11, "{text}");
    for expected in [
        "public: the pattern \"health\" has to begin with a slash",
        "optional: the pattern \"/a/../b\" has to be a plain path",
        "protected: the pattern \"/p*\" has `p*`",
        "group: the one of b has no paths",
        "rule 1: the pattern \"no-slash\" has to begin with a slash",
        "rule 2: the method \"FETCH\" is unknown: there are GET, HEAD",
        "rule 2: the method \"get\" is unknown",
        "rule 3: its list of methods is empty",
        "rule 4: a scope that it asks for has a space",
        "rule 4: a role that it asks for is missing or blank",
        "rule 5 (/x: the role `admin`) is never asked: the path /x is public",
    ] {
        assert!(text.contains(expected), "{expected:?} is not in\n{text}");
    }
}

#[test]
fn a_rule_that_is_never_reached_is_found_and_one_that_is_is_not() {
    for (first, second, is_shadowed) in [
        (Rule::on("/*"), Rule::on("/a"), true),
        (Rule::on("/*").role("x"), Rule::on("/a"), true),
        (Rule::on("/*").role("x").deny(), Rule::on("/a"), false),
        (Rule::on("/*").deny(), Rule::on("/a"), true),
        (Rule::on("/:id"), Rule::on("/a"), true),
        (Rule::on("/a"), Rule::on("/:id"), false),
        (Rule::on("/:id"), Rule::on("/:id/b"), false),
        (Rule::on("/a/*"), Rule::on("/a"), false),
        (Rule::on("/a/*"), Rule::on("/a/b/c"), true),
        (Rule::on("/*").methods(["GET"]), Rule::on("/a"), false),
        (Rule::on("/*").methods(["GET"]), Rule::on("/a").methods(["GET", "PUT"]), false),
        (Rule::on("/*").methods(["PUT", "GET"]), Rule::on("/a").methods(["GET"]), true),
        (Rule::on("/a"), Rule::on("/a"), true),
    ] {
        let name = format!("{first:?} {second:?}");
        let built = gate().rule(first).rule(second).build();
        assert_eq!(built.is_err(), is_shadowed, "{name}");
    }
}
