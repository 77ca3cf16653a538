//! Points from a table of numbers, as a terminal reads it; the page has a reader of its own.

use csv::{ReaderBuilder, StringRecord, Trim};

use crate::error::Error;

/// Rows of finite numbers, all of one length.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    dim: usize,
    values: Vec<f64>,
}

/// Largest table that is read.
const MAX_VALUES: usize = 20_000_000;

/// What parts a whole number from its fraction, `1.5` or `1,5`.
const POINT: char = '.';
const COMMA: char = ',';

/// The tables being read: the values so far, and what the file was seen to use.
struct Reading {
    table: Table,
    separator: char,
    /// The decimal mark of the first number that has one.
    mark: Option<char>,
}

impl Table {
    /// Reads tab-, semicolon- or comma-separated numbers, quoted or not; between tabs and semicolons a decimal comma is read too. A
    /// first line in which no cell is a number is a heading; empty lines are passed over.
    ///
    /// # Errors
    /// The first bad cell, by its line and column: what is no finite number, and what may be one of two, such as `1,234` between
    /// commas.
    ///
    /// ```
    /// use density_playground::targets::table::Table;
    /// assert_eq!(Table::from_csv("x,y\n1,2\n3,4.5\n").unwrap().rows(), [1.0, 2.0, 3.0, 4.5]);
    /// assert_eq!(Table::from_csv("x;y\n\"1,5\";2\n").unwrap().rows(), [1.5, 2.0]);
    /// let error = Table::from_csv("1,2\n3,four\n").unwrap_err();
    /// assert_eq!(error.to_string(), "Line 2, column 2: “four” is not a number.");
    /// ```
    pub fn from_csv(text: &str) -> Result<Self, Error> {
        let text = text.trim_start_matches('\u{feff}');
        let unreadable = |why: String| Error::Unreadable { what: "table", why };
        let separator = separator_of(text);
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator as u8)
            .trim(Trim::All)
            .from_reader(text.as_bytes());
        let mut reading = Reading { table: Self { dim: 0, values: Vec::new() }, separator, mark: None };
        let mut record = StringRecord::new();
        let (mut first, mut line, mut counted) = (true, 1, 0);
        while reader.read_record(&mut record).map_err(|e| unreadable(e.to_string()))? {
            let from = record.position().map_or(counted, |place| place.byte() as usize);
            // The reader's own count stands before the empty lines that it passed over.
            let begins = text.len() - text[from..].trim_start_matches(['\r', '\n']).len();
            line += text[counted..begins].matches('\n').count();
            counted = begins;
            if record.len() == 1 && record[0].is_empty() {
                continue;
            }
            let heading = |cell: &str| {
                let plain = unquoted(cell).replacen(COMMA, ".", 1);
                !plain.is_empty() && plain.parse::<f64>().is_err()
            };
            if std::mem::take(&mut first) && record.iter().all(heading) {
                continue;
            }
            reading.add(&record, line)?;
        }
        let table = reading.table;
        if table.values.is_empty() {
            return Err(unreadable("there are no rows of numbers".into()));
        }
        Ok(table)
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

/// The separator of the first line that is not empty: a tab, else a semicolon, else a comma. What stands between quotes does not count.
fn separator_of(text: &str) -> char {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let outside: String = first.split('"').step_by(2).collect();
    ['\t', ';'].into_iter().find(|&separator| outside.contains(separator)).unwrap_or(',')
}

/// A cell without the quotes that a blank before them hid from the reader.
fn unquoted(cell: &str) -> &str {
    let inner = cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.unwrap_or(cell).trim()
}

impl Reading {
    /// One row, which stands in that line.
    fn add(&mut self, record: &StringRecord, line: usize) -> Result<(), Error> {
        for (index, cell) in record.iter().enumerate() {
            let number = self.number(unquoted(cell));
            let value = number.map_err(|why| Error::Cell { line, column: index + 1, why })?;
            self.table.values.push(value);
        }
        let whole = |why: String| Err(Error::Cell { line, column: 0, why });
        let (count, dim) = (record.len(), &mut self.table.dim);
        if *dim == 0 {
            *dim = count;
        }
        if count != *dim {
            return whole(format!("{count} columns where the lines before have {dim}"));
        }
        if self.table.values.len() > MAX_VALUES {
            return whole(format!("the table is too large, more than {MAX_VALUES} numbers"));
        }
        Ok(())
    }

    /// The number in a cell, or why there is none.
    fn number(&mut self, cell: &str) -> Result<f64, String> {
        let short: String = cell.chars().take(40).collect();
        if cell.is_empty() {
            return Err("the cell is empty".into());
        }
        let mark = cell.chars().find(|c| [POINT, COMMA].contains(c));
        let plain = cell.replacen(COMMA, ".", 1);
        let Ok(value) = plain.parse::<f64>() else { return Err(format!("“{short}” is not a number")) };
        if !value.is_finite() {
            return Err(format!("“{short}” is not a finite number"));
        }
        if mark == Some(COMMA) && self.separator == COMMA {
            // Of thousands, or a decimal one?
            return Err(format!(
                "“{short}” has a comma in a table whose columns are parted by commas; write a decimal point"
            ));
        }
        match (self.mark, mark) {
            (None, _) => self.mark = mark,
            (Some(before), Some(now)) if before != now => {
                return Err(format!("“{short}” has another decimal mark than the numbers before it"));
            }
            _ => {}
        }
        Ok(value)
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
            ("1,2\r\n\r\n  \r\n3\r\n", "Line 4: 1 columns where the lines before have 2."),
            ("1;2\n3;\n", "Line 2, column 2: the cell is empty."),
            ("a,b\n1,2\nnan,3\n", "Line 3, column 1: “nan” is not a finite number."),
            ("1\t2\n3\tinf\n", "Line 2, column 2: “inf” is not a finite number."),
            ("x,1\n2,3\n", "Line 1, column 1: “x” is not a number."),
            // Twelve hundred and more, or one and a bit?
            (
                "1,2\n3,\"1,234\"\n",
                "Line 2, column 2: “1,234” has a comma in a table whose columns are parted by commas; write a decimal point.",
            ),
            (
                "1,5;2\n1.234;2\n",
                "Line 2, column 1: “1.234” has another decimal mark than the numbers before it.",
            ),
            ("1;1.234,5\n", "Line 1, column 2: “1.234,5” is not a number."),
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

    #[test]
    fn quoted_numbers_and_decimal_commas_are_read() {
        for text in [
            "1.5,-2\n3,4e2\n",
            "\"x\",\"y\"\n\"1.5\",\"-2\"\n\"3\",\"4e2\"\n",
            "\"1.5\", \"-2\"\n\"3\", \"4e2\"\n",
            "x;y\n1,5;-2\n3;4e2\n",
            "\"a;b\";y\n\"1,5\";\"-2,0\"\n\"3\";\"4e2\"\n",
            "1,5\t-2\n3\t4,0e2\n",
        ] {
            assert_eq!(Table::from_csv(text).unwrap().rows(), [1.5, -2.0, 3.0, 400.0], "{text:?}");
        }
    }
}
