//! Points from a table of numbers.

use crate::error::Error;

/// Rows of finite numbers, all of one length.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    dim: usize,
    values: Vec<f64>,
}

/// Largest table that is read.
const MAX_VALUES: usize = 20_000_000;

impl Table {
    /// Reads comma-, semicolon- or tab-separated numbers. A first line in which no cell is a number is a heading; empty lines
    /// are passed over. The first bad cell is an error that names its line and column.
    ///
    /// ```
    /// use density_playground::targets::table::Table;
    /// assert_eq!(Table::from_csv("x,y\n1,2\n3,4.5\n").unwrap().rows(), [1.0, 2.0, 3.0, 4.5]);
    /// let error = Table::from_csv("1,2\n3,four\n").unwrap_err();
    /// assert_eq!(error.to_string(), "Line 2, column 2: “four” is not a number.");
    /// ```
    pub fn from_csv(text: &str) -> Result<Self, Error> {
        let text = text.trim_start_matches('\u{feff}');
        let mut table = Self { dim: 0, values: Vec::new() };
        let mut separator = ',';
        let mut first = true;
        for (index, line) in text.lines().enumerate() {
            let number = index + 1;
            if line.trim().is_empty() {
                continue;
            }
            if first {
                first = false;
                separator = [',', ';', '\t'].into_iter().find(|&s| line.contains(s)).unwrap_or(',');
                let heading = |cell: &str| !cell.trim().is_empty() && cell.trim().parse::<f64>().is_err();
                if line.split(separator).all(heading) {
                    continue;
                }
            }
            table.add(line, separator, number)?;
        }
        let why = "there are no rows of numbers";
        if table.values.is_empty() {
            return Err(Error::Unreadable { what: "table", why: why.into() });
        }
        Ok(table)
    }

    fn add(&mut self, line: &str, separator: char, number: usize) -> Result<(), Error> {
        let before = self.values.len();
        for (index, cell) in line.split(separator).enumerate() {
            let cell = cell.trim();
            let column = index + 1;
            let bad = |why: String| Err(Error::Cell { line: number, column, why });
            match cell.parse::<f64>() {
                Ok(value) if value.is_finite() => self.values.push(value),
                Ok(_) => return bad(format!("“{cell}” is not a finite number")),
                Err(_) if cell.is_empty() => return bad("the cell is empty".into()),
                Err(_) => {
                    let short: String = cell.chars().take(40).collect();
                    return bad(format!("“{short}” is not a number"));
                }
            }
        }
        let count = self.values.len() - before;
        if self.dim == 0 {
            self.dim = count;
        }
        let whole = |why: String| Err(Error::Cell { line: number, column: 0, why });
        if count != self.dim {
            return whole(format!("{count} columns where the lines before have {}", self.dim));
        }
        if self.values.len() > MAX_VALUES {
            return whole(format!("the table is too large, more than {MAX_VALUES} numbers"));
        }
        Ok(())
    }

    /// Number of columns.
    pub fn dim(&self) -> usize {
        self.dim
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.values.len() / self.dim
    }

    /// False: a table has a row at least.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// All values, row-major.
    pub fn rows(&self) -> &[f64] {
        &self.values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_tables_are_refused_by_line_and_column() {
        for (text, expected) in [
            ("", "This table can't be read: there are no rows of numbers."),
            ("x,y\n", "This table can't be read: there are no rows of numbers."),
            ("1,2\n\n3\n", "Line 3: 1 columns where the lines before have 2."),
            ("1;2\n3;\n", "Line 2, column 2: the cell is empty."),
            ("a,b\n1,2\nnan,3\n", "Line 3, column 1: “nan” is not a finite number."),
            ("1\t2\n3\tinf\n", "Line 2, column 2: “inf” is not a finite number."),
            ("x,1\n2,3\n", "Line 1, column 1: “x” is not a number."),
        ] {
            assert_eq!(Table::from_csv(text).unwrap_err().to_string(), expected, "{text:?}");
        }
    }

    #[test]
    fn windows_lines_and_signatures_are_read() {
        let table = Table::from_csv("\u{feff}a;b\r\n1e-3;-2\r\n 3 ; 4 \r\n").unwrap();
        assert_eq!((table.dim(), table.len()), (2, 2));
        assert_eq!(table.rows(), [1e-3, -2.0, 3.0, 4.0]);
    }
}
