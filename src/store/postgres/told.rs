//! What the server said was wrong, or why it said nothing.

use std::error::Error as StdError;
use std::fmt;

use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

/// What the server says of data, of a constraint or of a statement, by the class of its code: the same
/// holds tomorrow.
const ABOUT_THE_STATEMENT: [&str; 4] = ["22", "23", "42", "0A"];

/// An error of the server or of the line to it. Its words have neither the server's details, in which
/// people's data would stand in the log, nor more than one line.
pub(in crate::store) struct Told(Error);

impl Told {
    fn code(&self) -> &str {
        self.0.code().map_or("", SqlState::code)
    }

    /// Whether the same later may work.
    pub(in crate::store) fn is_away(&self) -> bool {
        let code = self.code();
        !ABOUT_THE_STATEMENT
            .iter()
            .any(|class| code.starts_with(class))
    }

    /// Whether the server undid a transaction because of another one: serialization failure, deadlock,
    /// or a row that both were about to make.
    pub(super) fn gave_way(&self) -> bool {
        let others = [
            SqlState::T_R_SERIALIZATION_FAILURE,
            SqlState::T_R_DEADLOCK_DETECTED,
            SqlState::UNIQUE_VIOLATION,
        ];
        self.0.code().is_some_and(|code| others.contains(code))
    }
}

impl From<Error> for Told {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl fmt::Display for Told {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_db_error() {
            Some(told) => write!(formatter, "{} ({})", told.message(), self.code()),
            None => self.0.fmt(formatter),
        }
    }
}

impl fmt::Debug for Told {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl StdError for Told {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self.0.as_db_error() {
            Some(_) => None,
            None => self.0.source(),
        }
    }
}
