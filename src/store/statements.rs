//! Every SQL text of the store, by topic. Both engines run the same text: `$1` placeholders, whole
//! numbers and text only, `RETURNING` and `ON CONFLICT` mean the same to both.
//!
//! A [`Statement`] can be made nowhere else, and the macro that declares one also lists it, so
//! that [`all`] misses none: `open` prepares the whole list, and a text that does not fit the
//! schema is found at start rather than at a press.

/// An SQL text that is on the list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Statement(&'static str);

impl Statement {
    /// The text.
    pub(super) fn sql(self) -> &'static str {
        self.0
    }
}

macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$doc])* pub(in crate::store) const $name: Statement = Statement($sql);)*

        /// All of this topic.
        pub(super) const ALL: &[Statement] = &[$($name),*];
    };
}

macro_rules! topics {
    ($($name:ident),*) => {
        $(pub(super) mod $name;)*

        /// Every statement there is.
        pub(super) fn all() -> impl Iterator<Item = Statement> {
            [$($name::ALL),*].into_iter().flatten().copied()
        }
    };
}

topics!(
    agenda, dashboard, duty, escalation, group, incident, kpi, outbox, people, place, recurring,
    run, triage, waiting
);

#[cfg(test)]
mod tests;
