//! Points from a table of numbers.

use crate::error::Error;

/// Rows of finite numbers, all of one length, and what its columns are called.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    names: Vec<String>,
    values: Vec<f64>,
    parts: Option<Vec<Part>>,
}

/// What a row is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// It is learned from.
    Train,
    /// It says when a training was at its best, and which of several models is.
    Validation,
    /// It is measured on, once, and decides nothing.
    Test,
}

impl Part {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Train, Self::Validation, Self::Test];

    /// What it is called in a file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Train => "train",
            Self::Validation => "validation",
            Self::Test => "test",
        }
    }

    /// The part of a name, in letters of any size.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.name().eq_ignore_ascii_case(name))
    }
}

impl Table {
    /// A table of named columns from row-major values, `parts` saying what each row is for, where the table says that itself.
    ///
    /// # Panics
    /// Where there is no whole row, or another number of parts than of rows.
    pub fn new(names: Vec<String>, values: Vec<f64>, parts: Option<Vec<Part>>) -> Self {
        assert!(!values.is_empty() && values.len().is_multiple_of(names.len()), "whole rows");
        let table = Self { names, values, parts };
        assert!(table.parts.as_ref().is_none_or(|parts| parts.len() == table.len()), "a part for each row");
        table
    }

    /// The same from what a page holds: finite values, and a number for each row, 0, 1 or 2 as in [`Part::ALL`], or none at all.
    ///
    /// # Errors
    /// Where it is no table.
    pub fn of(names: Vec<String>, values: Vec<f64>, parts: &[u8]) -> Result<Self, Error> {
        let refused = |why: &str| Err(Error::Table { why: why.into() });
        if names.is_empty() || values.is_empty() || !values.len().is_multiple_of(names.len()) {
            return refused("it has no whole rows");
        }
        if values.iter().any(|value| !value.is_finite()) {
            return refused("some of its values are no finite numbers");
        }
        let known =
            parts.iter().map(|&part| Part::ALL.get(usize::from(part)).copied()).collect::<Option<Vec<_>>>();
        match known {
            Some(parts) if parts.is_empty() => Ok(Self::new(names, values, None)),
            Some(parts) if parts.len() * names.len() == values.len() => {
                Ok(Self::new(names, values, Some(parts)))
            }
            _ => refused("it does not say what each of its rows is for"),
        }
    }

    /// Some of the columns, in their order there; all rows.
    ///
    /// # Panics
    /// Where there is no such column.
    pub fn choose(&self, columns: &[usize]) -> Self {
        let names = columns.iter().map(|&column| self.names[column].clone()).collect();
        let rows = self.values.chunks_exact(self.dim());
        let values = rows.flat_map(|row| columns.iter().map(|&column| row[column])).collect();
        Self { names, values, parts: self.parts.clone() }
    }

    /// Number of columns.
    pub fn dim(&self) -> usize {
        self.names.len()
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.values.len() / self.dim()
    }

    /// False: a table has a row at least.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// What each column is called: by the file's heading, else x1, x2 and so on.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// All values, row-major.
    pub fn rows(&self) -> &[f64] {
        &self.values
    }

    /// What each row is for, where the file says so.
    pub fn parts(&self) -> Option<&[Part]> {
        self.parts.as_deref()
    }
}
