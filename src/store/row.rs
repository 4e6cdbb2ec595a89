//! Rows, readable from each of the drivers.

/// What can be read from a row.
pub(super) trait Record: Sized {
    /// Reads it from a file.
    fn of_file(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self>;

    /// Reads it from what a server has sent.
    fn of_server(row: &tokio_postgres::Row) -> Result<Self, tokio_postgres::Error>;
}

macro_rules! tuples {
    ($(($($column:ident $place:tt),*))*) => {$(
        impl<$($column),*> Record for ($($column,)*)
        where
            $($column: rusqlite::types::FromSql + for<'r> tokio_postgres::types::FromSql<'r>),*
        {
            fn of_file(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
                Ok(($(row.get($place)?,)*))
            }

            fn of_server(row: &tokio_postgres::Row) -> Result<Self, tokio_postgres::Error> {
                Ok(($(row.try_get($place)?,)*))
            }
        }
    )*};
}

tuples! {
    (A 0)
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
    (A 0, B 1, C 2, D 3, E 4)
    (A 0, B 1, C 2, D 3, E 4, F 5)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8)
}

/// Declares a row with named columns: they are the fields.
macro_rules! row {
    ($(#[$doc:meta])* $visibility:vis struct $name:ident {
        $($(#[$field_doc:meta])* $field_visibility:vis $column:ident: $kind:ty,)*
    }) => {
        $(#[$doc])*
        $visibility struct $name {
            $($(#[$field_doc])* $field_visibility $column: $kind,)*
        }

        impl $crate::store::row::Record for $name {
            fn of_file(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
                Ok(Self { $($column: row.get(stringify!($column))?,)* })
            }

            fn of_server(row: &tokio_postgres::Row) -> Result<Self, tokio_postgres::Error> {
                Ok(Self { $($column: row.try_get(stringify!($column))?,)* })
            }
        }
    };
}

pub(super) use row;
