//! The tables that are here, by their content: an Experiment names the one that it learns from, and does not hold it.

use std::sync::{Arc, Mutex, PoisonError};

use super::table::{Part, Table};
use super::{Rows, Shares, Transform};
use crate::error::{Error, check, check_value};

/// Most columns of a table that are learned together.
pub const MAX_COLUMNS: usize = 64;

/// Characters of a hash: SHA-256, in hexadecimal digits.
const HASH: usize = 64;

/// What is known by a hash never changes, so it does not matter who brought it, or when.
static TABLES: Mutex<Vec<(String, Arc<Table>)>> = Mutex::new(Vec::new());

/// Puts a table where the Experiments of this process find it, under the hash of its content. One that is here already stays.
///
/// # Errors
/// Where the hash is none.
pub fn provide(hash: &str, table: Table) -> Result<(), Error> {
    check_hash(hash)?;
    if find(hash).is_none() {
        let mut all = TABLES.lock().unwrap_or_else(PoisonError::into_inner);
        all.push((hash.to_owned(), Arc::new(table)));
    }
    Ok(())
}

fn find(hash: &str) -> Option<Arc<Table>> {
    let all = TABLES.lock().unwrap_or_else(PoisonError::into_inner);
    all.iter().find(|(own, _)| own == hash).map(|(_, table)| Arc::clone(table))
}

fn check_hash(hash: &str) -> Result<(), Error> {
    let good = hash.len() == HASH && hash.bytes().all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f'));
    check_value(good, "target.hash", &hash, "64 hexadecimal digits")
}

/// What an Experiment says of its table.
#[derive(Clone, Copy, Debug)]
pub struct Choice<'a> {
    /// Of the table's content.
    pub hash: &'a str,
    /// What its file was called.
    pub name: &'a str,
    /// The columns that are learned, counted from 0.
    pub columns: &'a [usize],
    /// How its rows are divided, where it does not say so itself; `None`: by [`Shares::default`].
    pub shares: Option<Shares>,
    /// Decides which rows are for what.
    pub split_seed: u32,
    /// What is done to each column; empty: nothing.
    pub transforms: &'a [Transform],
}

impl Choice<'_> {
    /// The chosen columns of the table, split and standardised.
    ///
    /// # Errors
    /// A table that is not here, columns that it does not have, shares and transforms that are none, and what [`Rows::transformed`] refuses.
    pub fn rows(&self) -> Result<Rows, Error> {
        let Self { hash, name, columns, shares, split_seed, transforms } = *self;
        check_hash(hash)?;
        let few = columns.len() < 2 || columns.len() > MAX_COLUMNS;
        let twice = (1..columns.len()).any(|i| columns[..i].contains(&columns[i]));
        check(!few && !twice, "target.columns", || {
            (format!("{columns:?}"), format!("2 to {MAX_COLUMNS} columns, each once, counted from 0"))
        })?;
        if let Some(shares) = shares {
            shares.validate()?;
        }
        check(transforms.is_empty() || transforms.len() == columns.len(), "target.transforms", || {
            (format!("{} long", transforms.len()), format!("none at all, or {}", columns.len()))
        })?;
        for (place, transform) in transforms.iter().enumerate() {
            transform.validate(&format!("target.transforms[{place}]"))?;
        }
        let table = find(hash).ok_or_else(|| Error::NoTable { name: name.to_owned() })?;
        check(columns.iter().all(|column| *column < table.dim()), "target.columns", || {
            (format!("{columns:?}"), format!("0 to {} in this table", table.dim() - 1))
        })?;
        let chosen = table.choose(columns);
        let parts: Vec<Part> = match (shares, chosen.parts()) {
            (None, Some(parts)) => parts.to_vec(),
            (shares, _) => shares.unwrap_or_default().assign(chosen.len(), split_seed),
        };
        Rows::transformed(&chosen, &parts, transforms, split_seed)
    }
}
