//! An item more in a list on one line or many: an array of TOML, the braces of a `use`.

/// The longest line of a list.
const WIDTH: usize = 100;

/// An item more in a list such as `default = ["auth0"]`, which begins with `opening`, in order.
pub(in crate::new_provider) fn list(
    text: &str,
    opening: &str,
    close: char,
    item: &str,
) -> Result<String, String> {
    let nowhere = || format!("there is no `{opening}` to put `{item}` into");
    let (before, rest) = text.split_once(opening).ok_or_else(nowhere)?;
    let (inside, after) = rest.split_once(close).ok_or_else(nowhere)?;
    let mut items: Vec<_> =
        inside.split(',').map(str::trim).filter(|item| !item.is_empty()).collect();
    if items.contains(&item) {
        return Err(format!("`{item}` is there already"));
    }
    let at = items.iter().position(|other| *other > item).unwrap_or(items.len());
    items.insert(at, item);
    let line = items.join(", ");
    let indent = before.lines().last().unwrap_or_default().len();
    let fits = indent + opening.len() + line.len() + 2 <= WIDTH;
    let list = if fits { line } else { format!("\n    {},\n", items.join(",\n    ")) };
    Ok([before, opening, &list, &close.to_string(), after].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_stays_in_order_and_on_one_line_as_long_as_it_fits() {
        let text = "a\ndefault = [\"auth0\", \"jwt\"]\nb\n";
        let new = list(text, "default = [", ']', "\"clerk\"").unwrap();
        assert_eq!(new, "a\ndefault = [\"auth0\", \"clerk\", \"jwt\"]\nb\n");
        let long = format!("default = [\"auth0\", \"{}\"]", "x".repeat(80));
        let new = list(&long, "default = [", ']', "\"clerk\"").unwrap();
        assert!(new.starts_with("default = [\n    \"auth0\",\n    \"clerk\",\n    \"xxx"), "{new}");
        let newer = list(&new, "default = [", ']', "\"acme\"").unwrap();
        assert!(newer.starts_with("default = [\n    \"acme\",\n    \"auth0\",\n"), "{newer}");
        let error = list(&newer, "default = [", ']', "\"acme\"").unwrap_err();
        assert_eq!(error, "`\"acme\"` is there already");
        assert!(list("", "default = [", ']', "\"acme\"").unwrap_err().contains("there is no"));
    }
}
