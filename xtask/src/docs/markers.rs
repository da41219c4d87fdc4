//! A part of a hand-written text that is generated, between two comments that say so.
//!
//! In: a text, the part's name, what it should hold. Out: the text with it. Next: `documents`.

/// The text with everything between `<!-- NAME:begin -->` and `<!-- NAME:end -->` replaced; nothing
/// when it has no such part, or more than one.
pub(super) fn replaced(text: &str, name: &str, part: &str) -> Option<String> {
    let (begin, end) = (format!("<!-- {name}:begin -->"), format!("<!-- {name}:end -->"));
    let (before, rest) = text.split_once(&begin)?;
    let (_, after) = rest.split_once(&end)?;
    let again = after.contains(&begin) || after.contains(&end) || before.contains(&end);
    (!again).then(|| format!("{before}{begin}\n{}\n{end}{after}", part.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_between_the_markers_is_replaced_and_nothing_else() {
        let text = "# A\n<!-- t:begin -->\nold\n<!-- t:end -->\nrest\n";
        let new = replaced(text, "t", "new\n").unwrap();
        assert_eq!(new, "# A\n<!-- t:begin -->\nnew\n<!-- t:end -->\nrest\n");
        assert_eq!(replaced(&new, "t", "new"), Some(new), "once more changes nothing");
    }

    #[test]
    fn a_part_that_is_not_there_exactly_once_is_no_part() {
        for text in [
            "no marker",
            "<!-- t:begin -->",
            "<!-- t:end --> <!-- t:begin -->",
            "<!-- t:begin --><!-- t:end --><!-- t:begin --><!-- t:end -->",
        ] {
            assert_eq!(replaced(text, "t", "new"), None, "{text}");
        }
    }
}
