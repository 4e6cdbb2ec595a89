//! Rows with named columns, readable from each of the drivers.

/// Declares a row: its columns are the fields.
macro_rules! row {
    ($(#[$doc:meta])* $visibility:vis struct $name:ident {
        $($(#[$field_doc:meta])* $field_visibility:vis $column:ident: $kind:ty,)*
    }) => {
        $(#[$doc])*
        #[derive(sqlx::FromRow)]
        $visibility struct $name {
            $($(#[$field_doc])* $field_visibility $column: $kind,)*
        }

        impl $crate::store::sqlite::Record for $name {
            fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
                Ok(Self { $($column: row.get(stringify!($column))?,)* })
            }
        }
    };
}

pub(super) use row;
