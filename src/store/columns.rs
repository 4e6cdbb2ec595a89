//! Many narrow rows at once. A report over a long month reads some hundred thousand of them, and by
//! the usual way most of the time would go into handing over one row after the other: a file is read
//! by function calls on a thread of its own, and a server gives each column as one array.

use super::fault::Fault;
use super::statements::Columns;
use super::value::Value;

/// A question whose answer is rows of whole numbers.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) columns: Columns,
    pub(super) values: Vec<Value>,
}

/// The answer: one row after the other. A window of a month with a million incidents takes a few
/// hundred megabytes for a moment; a busy group has a hundredth of that.
#[derive(Debug)]
pub(super) struct Rows {
    pub(super) width: usize,
    pub(super) cells: Vec<Option<i64>>,
}

impl Rows {
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
        Ok(Self { width, cells })
    }

    /// Row by row.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[Option<i64>]> {
        self.cells.chunks_exact(self.width.max(1))
    }
}
