//! The store: its contract on both engines, and what belongs to one of them.

mod broken_off;
mod encrypted;
mod lasting;
mod older;
pub(crate) mod opening;
mod reading;

mod on_sqlite {
    actors::store_contract!(crate::databases::sqlite);
}

mod on_postgres {
    actors::store_contract!(crate::databases::postgres);
}
