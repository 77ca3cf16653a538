//! Tables as people have them in files, for a terminal; the page has a reader of its own.

use csv::{ReaderBuilder, StringRecord, Trim};

use super::table::{Part, Table};
use crate::error::Error;

/// Largest table that is read.
const MAX_VALUES: usize = 20_000_000;

/// What parts a whole number from its fraction, `1.5` or `1,5`.
const POINT: char = '.';
const COMMA: char = ',';

/// The name of the column that says what each row is for.
const SPLIT: &str = "split";

impl Table {
    /// Reads tab-, semicolon- or comma-separated numbers, quoted or not; between tabs and semicolons a decimal comma is read too. A
    /// first line in which no cell is a number is a heading; empty lines are passed over. A column with the heading `split` whose first
    /// cell is train, validation or test says so of each row.
    ///
    /// # Errors
    /// The first bad cell, by its line and column: what is no finite number, and what may be one of two, such as `1,234` between
    /// commas.
    ///
    /// ```
    /// use density_playground::targets::table::Table;
    /// let table = Table::from_csv("x,y\n1,2\n3,4.5\n").unwrap();
    /// assert_eq!((table.names(), table.rows()), (["x".into(), "y".into()].as_slice(), [1.0, 2.0, 3.0, 4.5].as_slice()));
    /// assert_eq!(Table::from_csv("x;y\n\"1,5\";2\n").unwrap().rows(), [1.5, 2.0]);
    /// let error = Table::from_csv("1,2\n3,four\n").unwrap_err();
    /// assert_eq!(error.to_string(), "Line 2, column 2: “four” is not a number.");
    /// ```
    pub fn from_csv(text: &str) -> Result<Self, Error> {
        read(text, None)
    }

    /// The same of some columns, in that order, each by its name in the heading or its number in the file, counted from 1. The others
    /// may hold what they like.
    ///
    /// # Errors
    /// As [`Self::from_csv`], and a column that is not there, is named twice, or has a name that others have too.
    ///
    /// ```
    /// use density_playground::targets::table::Table;
    /// let text = "kind,mass,length\na,1,2\nb,3,4\n";
    /// let table = Table::of_columns(text, &["length".into(), "2".into()]).unwrap();
    /// assert_eq!((table.names(), table.rows()), (["length".into(), "mass".into()].as_slice(), [2.0, 1.0, 4.0, 3.0].as_slice()));
    /// ```
    pub fn of_columns(text: &str, columns: &[String]) -> Result<Self, Error> {
        read(text, Some(columns))
    }
}

fn unreadable(why: String) -> Error {
    Error::Unreadable { what: "table", why }
}

/// See [`Table::of_columns`]; without a choice all columns.
fn read(text: &str, columns: Option<&[String]>) -> Result<Table, Error> {
    let text = text.trim_start_matches('\u{feff}');
    let separator = separator_of(text);
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator as u8)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let mut heading = None;
    let mut reading: Option<Reading> = None;
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
        if std::mem::take(&mut first) && record.iter().all(is_heading) {
            heading = Some(record.iter().map(|cell| unquoted(cell).to_owned()).collect());
            continue;
        }
        let reading = match &mut reading {
            Some(reading) => reading,
            none => none.insert(Reading::begin(heading.take(), &record, columns, separator)?),
        };
        reading.add(&record, line)?;
    }
    let Some(Reading { names, values, parts, split, .. }) = reading else {
        return Err(unreadable("there are no rows of numbers".into()));
    };
    Ok(Table::new(names, values, split.map(|_| parts)))
}

/// The table being read: the values so far, and what the file was seen to use.
struct Reading {
    /// Cells of each line.
    width: usize,
    /// Those that are read, and what they are called.
    chosen: Vec<usize>,
    names: Vec<String>,
    values: Vec<f64>,
    /// The cell that says what a row is for.
    split: Option<usize>,
    parts: Vec<Part>,
    separator: char,
    /// The decimal mark of the first number that has one.
    mark: Option<char>,
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

/// True for a cell of a heading.
fn is_heading(cell: &str) -> bool {
    let plain = unquoted(cell).replacen(COMMA, ".", 1);
    !plain.is_empty() && plain.parse::<f64>().is_err()
}

/// The column of a name, or of a number counted from 1.
fn column_of(wanted: &str, names: &[String]) -> Result<usize, Error> {
    let wanted = wanted.trim();
    let refused =
        |allowed: String| Error::Field { field: "columns".into(), value: wanted.to_owned(), allowed };
    let mut alike = (0..names.len()).filter(|&column| names[column] == wanted);
    match (alike.next(), alike.next()) {
        (Some(first), Some(second)) => {
            let (first, second) = (first + 1, second + 1);
            Err(refused(format!(
                "{first} or {second}, since columns {first} and {second} both have that name"
            )))
        }
        (Some(column), None) => Ok(column),
        _ => match wanted.parse::<usize>() {
            Ok(number) if (1..=names.len()).contains(&number) => Ok(number - 1),
            _ => {
                Err(refused(format!("numbers from 1 to {}, and the names {}", names.len(), names.join(", "))))
            }
        },
    }
}

impl Reading {
    /// Begins with the first row, which the heading, where there is one of its length, names.
    fn begin(
        heading: Option<Vec<String>>,
        record: &StringRecord,
        columns: Option<&[String]>,
        separator: char,
    ) -> Result<Self, Error> {
        let width = record.len();
        let names = heading.filter(|heading| heading.len() == width);
        let names = names.unwrap_or_else(|| (1..=width).map(|number| format!("x{number}")).collect());
        let says_parts = |&column: &usize| {
            names[column].eq_ignore_ascii_case(SPLIT) && Part::from_name(unquoted(&record[column])).is_some()
        };
        let split = (0..width).find(says_parts);
        let chosen = match columns {
            None => (0..width).filter(|&column| Some(column) != split).collect(),
            Some(wanted) => {
                wanted.iter().map(|name| column_of(name, &names)).collect::<Result<Vec<_>, _>>()?
            }
        };
        if let Some(again) = (1..chosen.len()).find(|&i| chosen[..i].contains(&chosen[i])) {
            let (value, allowed) = (names[chosen[again]].clone(), "each column once".into());
            return Err(Error::Field { field: "columns".into(), value, allowed });
        }
        if chosen.is_empty() {
            return Err(unreadable("it has no column of numbers".into()));
        }
        let names = chosen.iter().map(|&column| names[column].clone()).collect();
        Ok(Self { width, chosen, names, values: Vec::new(), split, parts: Vec::new(), separator, mark: None })
    }

    /// One row, which stands in that line.
    fn add(&mut self, record: &StringRecord, line: usize) -> Result<(), Error> {
        let whole = |why: String| Err(Error::Cell { line, column: 0, why });
        let (count, width) = (record.len(), self.width);
        for index in 0..self.chosen.len() {
            let column = self.chosen[index];
            let Some(cell) = record.get(column) else { break };
            let number = self.number(unquoted(cell));
            let value = number.map_err(|why| Error::Cell { line, column: column + 1, why })?;
            self.values.push(value);
        }
        if count != width {
            return whole(format!("{count} columns where the lines before have {width}"));
        }
        if let Some(column) = self.split {
            let cell = unquoted(&record[column]);
            let unknown = || {
                let short: String = cell.chars().take(40).collect();
                let why = format!("“{short}” is no part of a table; allowed: train, validation, test");
                Error::Cell { line, column: column + 1, why }
            };
            self.parts.push(Part::from_name(cell).ok_or_else(unknown)?);
        }
        if self.values.len() > MAX_VALUES {
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
            (
                "split,x\ntrain,1\ndev,2\n",
                "Line 3, column 1: “dev” is no part of a table; allowed: train, validation, test.",
            ),
            ("split\ntest\n", "This table can't be read: it has no column of numbers."),
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

    #[test]
    fn what_rows_are_for_is_read_and_is_no_column() {
        let table = Table::from_csv("x,Split,y\n1,train,2\n3,Test,4\n5,validation,6\n").unwrap();
        assert_eq!(table.parts(), Some([Part::Train, Part::Test, Part::Validation].as_slice()));
        assert_eq!(
            (table.names().join(" "), table.rows()),
            ("x y".into(), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0].as_slice())
        );
        // Seconds of a race are numbers.
        let table = Table::from_csv("split,x\n1,2\n").unwrap();
        assert_eq!((table.parts(), table.rows()), (None, [1.0, 2.0].as_slice()));
    }

    #[test]
    fn columns_are_called_by_the_heading_or_by_their_numbers() {
        let names = |text| Table::from_csv(text).unwrap().names().join(" ");
        assert_eq!(names("a; \"b c\"\n1;2\n"), "a b c");
        assert_eq!(names("1;2\n"), "x1 x2");
        // A title is no heading.
        assert_eq!(names("Measured in May\n1,2\n"), "x1 x2");
    }

    #[test]
    fn some_columns_are_chosen_by_name_or_number() {
        let text = "split,kind,a,b,b\ntrain,x,1,2,3\ntest,y,4,5,6\n";
        let chosen = |columns: &str| {
            let columns: Vec<String> = columns.split(',').map(str::to_owned).collect();
            Table::of_columns(text, &columns)
        };
        let table = chosen("5,a").unwrap();
        assert_eq!((table.names().join(" "), table.rows()), ("b a".into(), [3.0, 1.0, 6.0, 4.0].as_slice()));
        assert_eq!(table.parts(), Some([Part::Train, Part::Test].as_slice()));
        for (columns, expected) in [
            ("a,c", "columns is c; allowed: numbers from 1 to 5, and the names split, kind, a, b, b."),
            ("0", "columns is 0; allowed: numbers from 1 to 5, and the names split, kind, a, b, b."),
            ("a,b", "columns is b; allowed: 4 or 5, since columns 4 and 5 both have that name."),
            ("a,3", "columns is a; allowed: each column once."),
            ("a,kind", "Line 2, column 2: “x” is not a number."),
        ] {
            assert_eq!(chosen(columns).unwrap_err().to_string(), expected);
        }
    }
}
