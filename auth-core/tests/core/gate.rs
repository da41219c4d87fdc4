//! A gate besides its rules: the application's own conditions, rules about `HEAD`, and what a gate says
//! of itself.

use auth_core::access::Rule;
use auth_core::{Claims, Configured, Request};
use serde_json::json;

use crate::rules::{acme_for, ask, gate};

#[tokio::test]
async fn a_condition_lets_in_whom_it_is_true_of_and_nobody_else() {
    let is_ann = |user: &Claims, _: &Request<'_>| user.claim("name") == Some("ann");
    let (ann, bob) = (json!({"name": "ann"}), json!({"name": "bob"}));
    for gate in [gate().rule(Rule::on("/*").condition(is_ann)), gate().authorize(is_ann)] {
        let gate = gate.build().unwrap();
        assert_eq!(ask(&gate, "GET", "/", &ann).await, "allowed");
        assert_eq!(ask(&gate, "GET", "/", &bob).await, "access_refused");
    }
    let gate = gate().rule(Rule::on("/*").condition(is_ann).deny()).rule(Rule::everywhere());
    let gate = gate.build().unwrap();
    assert_eq!(ask(&gate, "GET", "/", &ann).await, "access_refused");
    assert_eq!(ask(&gate, "GET", "/", &bob).await, "allowed");
}

#[tokio::test]
async fn a_rule_about_get_is_about_head_and_not_the_other_way_round() {
    let rules = [Rule::on("/head").methods(["HEAD"]), Rule::on("/get").methods(["GET"])];
    let gate = gate().rules(rules).build().unwrap();
    for (method, path, expected) in [
        ("HEAD", "/head", "allowed"),
        ("GET", "/head", "access_refused"),
        ("POST", "/head", "access_refused"),
        ("HEAD", "/get", "allowed"),
        ("GET", "/get", "allowed"),
        ("POST", "/get", "access_refused"),
    ] {
        assert_eq!(ask(&gate, method, path, &json!({})).await, expected, "{method} {path}");
    }
}

#[test]
fn a_rule_about_head_after_one_about_get_is_never_reached() {
    for (first, second, is_shadowed) in [("GET", "HEAD", true), ("HEAD", "GET", false)] {
        let rule = |method| Rule::on("/a").methods([method]);
        let built = gate().rule(rule(first)).rule(rule(second)).build();
        assert_eq!(built.is_err(), is_shadowed, "{first} {second}");
    }
}

#[test]
fn it_names_every_provider_that_it_asks_its_own_first() {
    let gate = gate().group(["/b/*"], acme_for("b", "b")).group(["/c"], acme_for("c", "c"));
    let gate = gate.build().unwrap();
    let names: Vec<_> = gate.providers().map(Configured::name).collect();
    assert_eq!(names, ["acme", "b", "c"]);
    assert_eq!(gate.provider().name(), "acme");
}

#[test]
fn it_prints_its_providers_its_paths_and_its_rules() {
    let refused = || Rule::on("/closed/*").deny();
    assert_eq!(format!("{:?}", refused()), "Rule(/closed/*: refused)");
    let gate = || gate().public(["/open"]).group(["/b/*"], acme_for("b", "b")).rule(refused());
    let text = format!("{:?}", gate());
    for part in
        ["GateBuilder", "Member", "\"acme\"", "\"b\"", "\"open\"", "Rule(/closed/*: refused)"]
    {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    let text = format!("{:?}", gate().build().unwrap());
    for part in ["Gate", "Member", "\"acme\"", "\"b\"", "[Rule(/closed/*: refused)]"] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}

#[test]
fn the_table_reads_like_a_table() {
    let rules = [
        Rule::on("/admin/*").methods(["GET", "PUT"]).role("admin"),
        Rule::on("/*").role("suspended").deny(),
        Rule::on("/orders/:id").any_scope(["read", "write"]).permission("x"),
        Rule::on("/free"),
    ];
    let gate = gate().public(["/health"]).optional(["/feed"]).protected(["/feed/x"]).rules(rules);
    let expected = "\
/feed/x          any       a user
/health          any       nobody
/feed            any       a user, or nobody
/admin/*         GET, PUT  the role `admin`
/*               any       refused with the role `suspended`
/orders/:2       any       the scope `read` or `write` and the permission `x`
/free            any       any user
everything else  any       refused
";
    assert_eq!(gate.build().unwrap().table().to_string(), expected);
}
