//! Many narrow rows at once. A report over a long month reads some hundred thousand of them, and by
//! the usual way most of the time would go into handing over one row after the other: a file is read
//! by function calls on a thread of its own, and a server gives each column as one array.

use super::fault::Fault;
use super::statements::{Columns, ROW_LIMIT};
use super::value::Value;

/// A question whose answer is rows of whole numbers.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) columns: Columns,
    pub(super) values: Vec<Value>,
}

/// The answer: one row after the other.
#[derive(Debug)]
pub(super) struct Rows {
    pub(super) width: usize,
    pub(super) cells: Vec<Option<i64>>,
}

impl Rows {
    /// Row after row, unless they are too many to be counted at once.
    pub(super) fn of(width: usize, cells: Vec<Option<i64>>) -> Result<Self, Fault> {
        match cells.len() / width.max(1) < ROW_LIMIT {
            true => Ok(Self { width, cells }),
            false => Err(Fault::TooMuch(
                "more than a million incidents for one report: ask for a shorter time",
            )),
        }
    }

    /// From the arrays of a server.
    pub(super) fn of_columns(columns: Vec<Vec<Option<i64>>>) -> Result<Self, Fault> {
        let width = columns.len();
        let rows = columns.first().map_or(0, Vec::len);
        if columns.iter().any(|column| column.len() != rows) {
            return Err(Fault::Inconsistent("columns of different lengths"));
        }
        let mut cells = Vec::with_capacity(rows * width);
        let mut columns: Vec<_> = columns.into_iter().map(Vec::into_iter).collect();
        for _ in 0..rows {
            cells.extend(columns.iter_mut().filter_map(Iterator::next));
        }
        Self::of(width, cells)
    }

    /// Row by row.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[Option<i64>]> {
        self.cells.chunks_exact(self.width.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_rows_are_read_and_no_more() {
        assert!(Rows::of(1, vec![None; ROW_LIMIT - 1]).is_ok());
        let error = Rows::of(1, vec![None; ROW_LIMIT]).unwrap_err();
        assert!(error.to_string().contains("a shorter time"), "{error}");
        assert!(Rows::of_columns(vec![vec![Some(1)], vec![]]).is_err());
    }
}
