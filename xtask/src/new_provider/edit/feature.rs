//! A feature more in a manifest whose default features are the vendors'.

/// A feature more, behind its neighbour in the list `default`, which holds it already.
pub(in crate::new_provider) fn feature(
    text: &str,
    name: &str,
    comment: &str,
) -> Result<String, String> {
    let lines: Vec<_> = text.lines().collect();
    let entry = |name: &str| {
        let opening = format!("{name} = [");
        let start = lines.iter().position(|line| line.starts_with(&opening))?;
        lines[start..].iter().position(|line| line.ends_with(']')).map(|end| start + end)
    };
    if entry(name).is_some() {
        return Err(format!("the feature `{name}` is there already"));
    }
    let default = text.split_once("default = [").and_then(|(_, rest)| rest.split_once(']'));
    let listed = default.map(|(list, _)| list).unwrap_or_default();
    let others = listed.split(['"', ',', ' ', '\n']).filter(|item| !item.is_empty());
    let before = others.take_while(|other| *other < name).last().unwrap_or("default");
    let at =
        entry(before).ok_or_else(|| format!("there is no feature `{before}` to stand behind"))?;
    let block = [format!("# {comment}"), format!("{name} = []")];
    let block: Vec<_> = block.iter().map(String::as_str).collect();
    Ok([&lines[..=at], &block, &lines[at + 1..]].concat().join("\n") + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_stands_behind_its_neighbour() {
        let text = "[features]\ndefault = [\"acme\", \"auth0\", \"clerk\"]\n# A.\nauth0 = [\n    \"x\",\n]\n\
                    # R.\nregistry = []\n";
        let new = feature(text, "clerk", "C.").unwrap();
        assert!(new.ends_with("auth0 = [\n    \"x\",\n]\n# C.\nclerk = []\n# R.\nregistry = []\n"));
        let new = feature(text, "acme", "A.").unwrap();
        assert!(new.contains("\"clerk\"]\n# A.\nacme = []\n# A.\nauth0"), "{new}");
        assert!(feature(text, "auth0", "").unwrap_err().contains("is there already"));
    }
}
