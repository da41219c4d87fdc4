//! An entry more in the changelog.

/// An entry more under the changelog's unreleased additions.
pub(in crate::new_provider) fn added(text: &str, entry: &str) -> Result<String, String> {
    let nowhere = || "there is no `### Added` under `## [Unreleased]`".to_owned();
    let (before, rest) = text.split_once("## [Unreleased]").ok_or_else(nowhere)?;
    let (unreleased, older) = match rest.find("\n## ") {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    let (head, additions) = unreleased.split_once("### Added").ok_or_else(nowhere)?;
    let (additions, others) = match additions.find("\n### ") {
        Some(at) => additions.split_at(at),
        None => (additions, ""),
    };
    let additions = additions.trim_end();
    Ok(format!("{before}## [Unreleased]{head}### Added{additions}\n- {entry}\n{others}{older}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_addition_is_the_last_of_the_unreleased_ones() {
        let text = "# C\n\n## [Unreleased]\n\n### Added\n\n- One,\n  two.\n\n### Fixed\n\n- F.\n\n## 1\n\n### Added\n\n- Old.\n";
        assert_eq!(added(text, "New.").unwrap(), text.replace("  two.\n", "  two.\n- New.\n"));
        let short = "## [Unreleased]\n\n### Added\n\n- One.\n";
        assert_eq!(added(short, "New.").unwrap(), format!("{short}- New.\n"));
        assert!(added("## 1\n### Added\n", "New.").is_err());
        assert!(added("## [Unreleased]\n\n## 1\n### Added\n", "New.").is_err());
    }
}
