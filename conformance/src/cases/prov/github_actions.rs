//! GitHub's dialect (<https://docs.github.com/en/actions/reference/security/oidc>): everybody gets
//! tokens for any audience, names change hands, and `sub` has several forms.

use serde_json::json;

use super::common::{must_refuse_all, must_say, must_start, restart_as, saying, without};
use crate::case::Severity::{Critical, High, Low, Medium};
use crate::case::{Case, Need, Sample};
use crate::idp::github_actions::ISSUER;

const GITHUB: &[Need] = &[Need::Vendor("github-actions")];

const DOCS: &str = "https://docs.github.com/en/actions/reference/security/oidc";

const AUDIENCE: (&str, &str) = ("GITHUB_ACTIONS_AUDIENCE", "https://deploy.acme.example");

pub(super) const CASES: &[Case] = &[
    Case::must("prov-github-owner", "Somebody else's workflow", Critical)
        .refs(&[DOCS])
        .sends("Tokens of other accounts, some under the same name, and of none.")
        .why("Everybody with an account gets tokens for any audience they name.")
        .needs(GITHUB)
        .refused(|forge| {
            let renamed = forge.good().claim("repository_owner_id", "6500");
            vec![
                saying(forge, "repository_owner_id", "66"),
                saying(forge, "repository_owner_id", "650"),
                saying(forge, "repository_owner_id", 65),
                Sample::new("the same name", renamed.claim("repository_owner", "acme").sign()),
                without(forge, "repository_owner_id"),
            ]
        }),
    Case::must("prov-github-sub-forms", "The forms of a subject", Medium)
        .refs(&[DOCS])
        .sends("Subjects with and without ids, for branches, environments, pull requests, and of one's own.")
        .why("Which form a repository has depends on when it was made.")
        .needs(GITHUB)
        .scene(|bench| {
            Box::pin(async move {
                for subject in [
                    "repo:acme/shop:ref:refs/heads/main",
                    "repo:acme/shop:environment:production",
                    "repo:acme/shop:pull_request",
                    "repo:acme@65/shop@74:ref:refs/heads/main",
                    "repo:acme@65/shop@74:environment:eu%3Aproduction",
                    "repository_owner_id:65:job_workflow_ref:acme/ci/.github/workflows/a.yml@v1",
                ] {
                    let token = bench.forge.good().claim("sub", subject).sign();
                    bench.must_allow(subject, &token).await?;
                    let seen = bench.subject().ask(&token).await.subject;
                    crate::bench::require(seen.as_deref() == Some(subject), || format!("{seen:?}"))?;
                }
                Ok(())
            })
        })
        .expects("accepted, with the subject that was signed"),
    Case::must("prov-github-audience", "The audience that nobody asked for", High)
        .refs(&[DOCS, "RFC 8725 §3.9"])
        .sends("Tokens for the owner's address, which is what GitHub writes unasked, and for others.")
        .why("It is the same for every service that the owner's workflows call.")
        .needs(GITHUB)
        .refused(|forge| {
            ["https://github.com/acme", "sts.amazonaws.com", "https://deploy.acme.example/"]
                .map(|audience| saying(forge, "aud", audience))
                .into()
        }),
    Case::must("prov-github-issuer", "Another GitHub", High)
        .refs(&[DOCS])
        .sends("Tokens of an enterprise, of a server, and of a region.")
        .why("Who administers a server chooses every claim of its tokens.")
        .needs(GITHUB)
        .refused(|forge| {
            [
                "https://token.actions.githubusercontent.com/evil",
                "https://token.actions.githubusercontent.com/",
                "https://ghe.evil.example/_services/token",
                "https://token.actions.evil.ghe.com",
            ]
            .map(|issuer| saying(forge, "iss", issuer))
            .into()
        }),
    Case::must("prov-github-lists", "Each list that is configured", Critical)
        .refs(&[DOCS])
        .sends("With each list configured: a token that is on it, others, and one without the claim.")
        .expects("accepted, refused with 401, refused with 401")
        .why("A branch that anybody may push to, or a pull request, is not the one that deploys.")
        .needs(GITHUB)
        .scene(|bench| {
            Box::pin(async move {
                let workflow = "acme/shop/.github/workflows/deploy.yml@refs/heads/main";
                for (option, claim, own, others) in [
                    ("owner_ids", "repository_owner_id", "65", ["66", "6"]),
                    ("repository_ids", "repository_id", "74", ["75", "741"]),
                    ("repositories", "repository", "acme/shop", ["acme/shop2", "evil/acme/shop"]),
                    ("refs", "ref", "refs/heads/main", ["refs/heads/main2", "refs/tags/main"]),
                    ("environments", "environment", "production", ["Production", "staging"]),
                    ("workflows", "job_workflow_ref", workflow, ["acme/shop/.github/workflows/a.yml@refs/heads/main", "x"]),
                ] {
                    bench.needs_option(option)?;
                    bench.restart_with([(option, format!("{own}, another"))])?;
                    let forge = bench.forge.clone();
                    let mut bad: Vec<_> = others.map(|other| saying(&forge, claim, other)).into();
                    bad.extend([without(&forge, claim), saying(&forge, claim, json!([own]))]);
                    must_refuse_all(bench, &forge.good_token(), bad).await?;
                }
                Ok(())
            })
        }),
    Case::must("prov-github-pull-request", "A pull request where a branch is asked for", High)
        .refs(&[DOCS])
        .sends("With a branch configured, a token of a pull request into it.")
        .expects("refused with 401")
        .why("Whoever opens one may have written the workflow.")
        .needs(GITHUB)
        .scene(|bench| {
            Box::pin(async move {
                bench.restart_with([("refs", "refs/heads/main")])?;
                let forge = bench.forge.clone();
                let draft = forge.good().claim("event_name", "pull_request").claim("ref", "refs/pull/7/merge");
                let draft = draft.claim("base_ref", "main").without("environment");
                let draft = draft.claim("sub", "repo:acme@65/shop@74:pull_request");
                let bad = [Sample::new("pull request", draft.sign())];
                must_refuse_all(bench, &forge.good_token(), bad).await
            })
        }),
    Case::must("prov-github-by-name", "A repository by its name alone", Medium)
        .refs(&[DOCS])
        .sends("With repositories configured and no owner, tokens of these and of others.")
        .expects("accepted of these, refused with 401 of others")
        .why("Names may do where ids are not at hand.")
        .needs(GITHUB)
        .scene(|bench| {
            Box::pin(async move {
                restart_as(bench, &[AUDIENCE, ("GITHUB_ACTIONS_REPOSITORIES", "acme/shop")])?;
                let forge = bench.forge.clone();
                let bad = [saying(&forge, "repository", "evil/shop"), saying(&forge, "repository", "ACME/shop")];
                must_refuse_all(bench, &forge.good_token(), bad).await
            })
        }),
    Case::must("prov-github-nobody-named", "Nobody's repositories named", Critical)
        .refs(&["CWE-1188"])
        .sends("Configurations with an audience alone, or with a branch besides; then with each list.")
        .expects("an error that names the lists; of the others none")
        .why("Everybody's `refs/heads/main` would be let in.")
        .needs(GITHUB)
        .configuration(|subject| {
            let (branch, words) = (("GITHUB_ACTIONS_REFS", "refs/heads/main"), "repositories is required");
            let mut seen = vec![
                must_say(subject, &[AUDIENCE], words)?,
                must_say(subject, &[AUDIENCE, branch], words)?,
            ];
            for (name, text) in [
                ("GITHUB_ACTIONS_OWNER_IDS", "65"),
                ("GITHUB_ACTIONS_REPOSITORY_IDS", "74"),
                ("GITHUB_ACTIONS_REPOSITORIES", "acme/shop"),
            ] {
                seen.push(must_start(subject, &[AUDIENCE, (name, text)])?);
            }
            Ok(seen)
        }),
    Case::must("prov-github-server", "A server of one's own", Low)
        .refs(&["https://docs.github.com/en/enterprise-server/admin"])
        .sends("With another issuer configured, tokens of that one and of GitHub itself.")
        .expects("that one's keys are asked for, and GitHub's are not")
        .why("Servers sign with keys of their own.")
        .needs(GITHUB)
        .scene(|bench| {
            Box::pin(async move {
                let server = "https://ghe.acme.example/_services/token";
                bench.restart_with([("issuer", server)])?;
                let token = bench.forge.good().claim("iss", ISSUER).sign();
                bench.must_be_unavailable("no keys there", &token).await?;
                super::common::must_have_asked(bench, "ghe.acme.example", "/_services/token/.well-known/jwks")?;
                bench.must_have_fetched(0)
            })
        }),
];
