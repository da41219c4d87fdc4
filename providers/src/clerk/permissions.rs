//! What a user may do in their organization, out of the second version's compact form.
//!
//! In: features (`fea`), permission names (`per`) and, feature by feature, a number whose bits say
//! which of the names apply (`fpm`). Out: `org:{feature}:{permission}`. Numbers belong to features
//! by their place alone, so a list of features that cannot be read grants nothing: the token is
//! refused. Next: `user`.

use std::collections::BTreeSet;

use auth_core::AuthError;

use super::bits::Bits;

/// A feature that the plan of the user, of their organization or of both includes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Feature {
    pub(super) name: String,
    pub(super) scope: Scope,
}

/// Whose plan includes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    Organization,
    User,
    Both,
}

impl Feature {
    pub(super) const fn is_organizations(&self) -> bool {
        matches!(self.scope, Scope::Organization | Scope::Both)
    }

    pub(super) const fn is_users(&self) -> bool {
        matches!(self.scope, Scope::User | Scope::Both)
    }
}

/// The features of `fea`: `o:dashboard,u:export,uo:search`.
pub(super) fn features(text: &str) -> Result<Vec<Feature>, AuthError> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let features = text.split(',').map(|entry| feature(entry.trim()));
    features.collect::<Option<_>>().ok_or(AuthError::ClaimMalformed("fea"))
}

fn feature(entry: &str) -> Option<Feature> {
    let (scope, name) = entry.split_once(':')?;
    let scope = match scope {
        "o" => Scope::Organization,
        "u" => Scope::User,
        "ou" | "uo" => Scope::Both,
        _ => return None,
    };
    (!name.is_empty()).then(|| Feature { name: name.to_owned(), scope })
}

/// The permissions that the numbers of `fpm` pick for the organization's features out of the names
/// of `per`. A number that is none picks nothing, and so do bits beyond the names.
pub(super) fn permissions(features: &[Feature], per: &str, fpm: &str) -> BTreeSet<String> {
    let names: Vec<_> = per.split(',').map(str::trim).collect();
    let features = features.iter().filter(|feature| feature.is_organizations());
    let numbers = fpm.split(',').map(|number| Bits::of_decimal(number.trim()));
    let mut granted = BTreeSet::new();
    for (feature, bits) in features.zip(numbers) {
        let picked = bits.into_iter().flatten().zip(&names).filter(|(bit, _)| *bit);
        let picked = picked.filter(|(_, name)| !name.is_empty());
        granted.extend(picked.map(|(_, name)| format!("org:{}:{name}", feature.name)));
    }
    granted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decoded(fea: &str, per: &str, fpm: &str) -> Vec<String> {
        permissions(&features(fea).unwrap(), per, fpm).into_iter().collect()
    }

    #[test]
    fn decodes_the_vendors_own_example() {
        let granted = decoded("o:dashboard,o:teams", "manage,read", "3,2");
        assert_eq!(granted, ["org:dashboard:manage", "org:dashboard:read", "org:teams:read"]);
    }

    #[test]
    fn features_of_the_user_alone_have_no_number() {
        let granted = decoded("u:export,o:teams,ou:search", "read,write", "1,2");
        assert_eq!(granted, ["org:search:write", "org:teams:read"]);
    }

    #[test]
    fn the_hundredth_permission_is_told_from_its_neighbours() {
        let names: Vec<_> = (0..101).map(|place| format!("p{place}")).collect();
        let number = "1267650600228229401496703205376"; // 2^100.
        assert_eq!(decoded("o:f", &names.join(","), number), ["org:f:p100"]);
    }

    #[test]
    fn what_cannot_be_read_grants_nothing() {
        for (per, fpm) in [("read", ""), ("", "1"), ("read", "x"), ("read", "-1"), ("read", "2")] {
            assert_eq!(decoded("o:teams", per, fpm), Vec::<String>::new(), "{per:?} {fpm:?}");
        }
        assert_eq!(decoded("o:a,o:b", "read", "x,1"), ["org:b:read"]);
        assert_eq!(decoded("o:a", "read", "1,1"), ["org:a:read"], "a number without a feature");
    }

    #[test]
    fn features_that_would_shift_the_numbers_are_refused() {
        for fea in ["teams", "o:a,,o:b", "o:", "x:a", "O:a", ":a", "o:a,"] {
            assert_eq!(features(fea).unwrap_err().code(), "claim_malformed", "{fea:?}");
        }
    }

    proptest! {
        #[test]
        fn every_granted_permission_was_granted_by_its_bit(
            grants in prop::collection::vec(prop::collection::vec(any::<bool>(), 1..100), 1..8),
        ) {
            let width = grants.iter().map(Vec::len).max().unwrap_or_default();
            let names: Vec<_> = (0..width).map(|place| format!("p{place}")).collect();
            let fea: Vec<_> = (0..grants.len()).map(|place| format!("o:f{place}")).collect();
            let number = |bits: &Vec<bool>| {
                bits.iter().enumerate().filter(|(_, bit)| **bit).fold(0, |sum: u128, (place, _)| {
                    sum | 1 << place
                })
            };
            let fpm: Vec<_> = grants.iter().map(|bits| number(bits).to_string()).collect();
            let granted = permissions(
                &features(&fea.join(",")).unwrap(), &names.join(","), &fpm.join(","),
            );
            let expected: BTreeSet<_> = grants.iter().enumerate().flat_map(|(feature, bits)| {
                let set = bits.iter().enumerate().filter(|(_, bit)| **bit);
                set.map(move |(place, _)| format!("org:f{feature}:p{place}"))
            }).collect();
            prop_assert_eq!(granted, expected);
        }

        #[test]
        fn no_text_panics_or_grants_what_has_no_name(
            fea in "[ou]:[a-c],o:[a-c]", per in "[a-c,]{0,9}", fpm in "[0-9x,]{0,60}",
        ) {
            for permission in decoded(&fea, &per, &fpm) {
                let name = permission.rsplit(':').next().unwrap_or_default();
                prop_assert!(per.split(',').any(|known| known == name), "{}", permission);
            }
        }
    }
}
