//! Pieces of WGSL that a map, a base or a target brings along. The kernels in `gpu/` are put together from them.

use std::fmt::Write as _;

/// The functions of one kind: files, whose names and constants are filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Fragment {
    /// The texts, each used once.
    pub files: Vec<&'static str>,
    /// What stands for an identifier of theirs.
    pub constants: Vec<(&'static str, String)>,
}

impl Fragment {
    /// Files without constants.
    pub fn new(files: &[&'static str]) -> Self {
        Self { files: files.to_vec(), constants: Vec::new() }
    }

    /// The same with a constant more.
    pub fn with(mut self, identifier: &'static str, value: impl ToString) -> Self {
        self.constants.push((identifier, value.to_string()));
        self
    }

    /// The text, its functions called `name`.
    pub fn source(&self, name: &str) -> String {
        self.files.iter().map(|text| fill(text, name, &self.constants)).collect()
    }
}

/// `text` with whole identifiers replaced; one that begins with `NAME_` takes the name in its place.
///
/// ```
/// use density_playground::wgsl::fill;
/// let text = fill("fn NAME_twice(x: f32) -> f32 { return TWO * x; } // TWOFOLD", "map0", &[("TWO", "2.0".into())]);
/// assert_eq!(text, "fn map0_twice(x: f32) -> f32 { return 2.0 * x; } // TWOFOLD");
/// ```
pub fn fill(text: &str, name: &str, constants: &[(&str, String)]) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    while let Some(start) = rest.find(is_part) {
        result.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        match (constants.iter().find(|(key, _)| *key == word), word.strip_prefix("NAME_")) {
            (Some((_, value)), _) => result.push_str(value),
            (None, Some(tail)) => {
                let _ = write!(result, "{name}_{tail}");
            }
            (None, None) => result.push_str(word),
        }
        rest = after;
    }
    result + rest
}

/// A number as WGSL writes it.
pub fn real(value: f64) -> String {
    format!("{value:?}")
}

/// A whole number as WGSL writes it.
pub fn whole(value: usize) -> String {
    format!("{value}u")
}
