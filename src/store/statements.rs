//! Every SQL text of the store, by topic. Both engines run the same text: `$1` placeholders, whole
//! numbers and text only, `RETURNING` and `ON CONFLICT` mean the same to both.
//!
//! A [`Statement`] can be made nowhere else, and the macro that declares one also lists it, so
//! that [`all`] misses none: `open` prepares the whole list, and a text that does not fit the
//! schema is found at start rather than at a press.

/// An SQL text that is on the list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Statement {
    text: &'static str,
    numbered: &'static str,
}

impl Statement {
    /// The text.
    pub(super) fn sql(self) -> &'static str {
        self.text
    }

    /// The text for SQLite. There `$2` is a name, and its place has to be asked for; `?2` is the second.
    pub(super) fn numbered(self) -> &'static str {
        self.numbered
    }
}

/// A text with `?` before the numbers of its values, in place of `$`.
const fn numbered<const LENGTH: usize>(text: &str) -> [u8; LENGTH] {
    let text = text.as_bytes();
    let mut numbered = [0; LENGTH];
    let mut rest = numbered.as_mut_slice();
    let mut left = text;
    while let ([letter, after @ ..], [place, places @ ..]) = (left, rest) {
        *place = match (*letter, after) {
            (b'$', [b'0'..=b'9', ..]) => b'?',
            (letter, _) => letter,
        };
        (left, rest) = (after, places);
    }
    numbered
}

macro_rules! statement {
    ($sql:expr) => {{
        const TEXT: &str = $sql;
        const NUMBERED: &[u8] = &super::numbered::<{ TEXT.len() }>(TEXT);
        super::Statement {
            text: TEXT,
            // One letter of a text stands for another: it stays a text.
            numbered: match std::str::from_utf8(NUMBERED) {
                Ok(numbered) => numbered,
                Err(_) => TEXT,
            },
        }
    }};
}

macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$doc])* pub(in crate::store) const $name: Statement = statement!($sql);)*

        /// All of this topic.
        pub(super) const ALL: &[Statement] = &[$($name),*];
    };
}

/// A question for many narrow rows of whole numbers, in a form for each engine: a file is read row by
/// row, a server gives a single row with an array for each column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Columns {
    /// Row by row.
    pub(super) rows: Statement,
    /// Column by column.
    pub(super) arrays: Statement,
    /// How many columns there are.
    pub(super) width: usize,
}

/// How many rows an answer may have, and one that says that there are more: a year of thousands of
/// incidents a day, which takes some hundred megabytes for a moment.
macro_rules! row_limit {
    () => {
        1_000_001
    };
}

pub(super) const ROW_LIMIT: usize = row_limit!();

macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident ($first:ident $(, $column:ident)*) = $sql:expr;)*) => {
        $($(#[$doc])* pub(in crate::store) const $name: Columns = Columns {
            rows: statement!(concat!($sql, " LIMIT ", row_limit!())),
            arrays: statement!(concat!(
                "SELECT COALESCE(ARRAY_AGG(", stringify!($first), "), '{}')"
                $(, ", COALESCE(ARRAY_AGG(", stringify!($column), "), '{}')")*,
                " FROM (", $sql, " LIMIT ", row_limit!(), ") columns (", stringify!($first) $(, ", ", stringify!($column))*, ")"
            )),
            width: [stringify!($first) $(, stringify!($column))*].len(),
        };)*

        /// All of this topic.
        pub(super) const COLUMNS: &[Columns] = &[$($name),*];
    };
}

macro_rules! topics {
    ($($name:ident),*) => {
        $(pub(super) mod $name;)*

        /// Every statement there is.
        pub(super) fn all() -> impl Iterator<Item = Statement> {
            let columns = kpi::COLUMNS.iter().map(|columns| columns.rows);
            [$($name::ALL),*].into_iter().flatten().copied().chain(columns)
        }
    };
}

topics!(
    agenda, company, dashboard, duty, escalation, group, incident, kpi, outbox, people, place,
    recurring, run, triage, waiting
);

/// Those that only a server understands.
pub(super) fn arrays() -> impl Iterator<Item = Statement> {
    kpi::COLUMNS.iter().map(|columns| columns.arrays)
}

#[cfg(test)]
mod tests;
