//! Why the process ended, as an exit code that tells systemd whether a restart can help.

use crate::config::ConfigError;

/// Why the process ended without having been asked to. The codes are those of `sysexits.h`.
///
/// `deploy/deskbell.service` lists those of [`Exit::restart_helps`] that are false.
#[derive(Debug, thiserror::Error)]
pub enum Exit {
    /// 64: the command line cannot be understood; it was already explained.
    #[error("the command line cannot be understood")]
    Usage,
    /// 65: the database holds what this version must not touch, or a migration failed.
    #[error("the database was refused; run the version that wrote it, or restore a backup")]
    MigrationRefused(#[source] anyhow::Error),
    /// 69: something that the service needs does not answer.
    #[error("{what} cannot be reached")]
    Unavailable {
        /// What does not answer.
        what: &'static str,
        /// How it was noticed.
        #[source]
        source: anyhow::Error,
    },
    /// 70: a part that everything depends on keeps failing, so its supervisor gave up.
    #[error("the service cannot go on by itself and has to be started anew")]
    Internal(#[source] anyhow::Error),
    /// 75: it may work in a moment, for instance when another process lets go of the database.
    #[error("the service cannot run at this moment")]
    Temporary(#[source] anyhow::Error),
    /// 76: another process receives this bot's updates.
    #[error("another process receives this bot's updates; stop it, or give it a token of its own")]
    AnotherPoller,
    /// 77: Telegram does not know this token.
    #[error(
        "Telegram refused the bot token; get a valid one from @BotFather and set \
             TELEGRAM_BOT_TOKEN"
    )]
    WrongToken,
    /// 78: the configuration is missing something or contradicts itself.
    #[error(transparent)]
    Configuration(#[from] ConfigError),
}

impl Exit {
    /// The process's exit code.
    #[must_use]
    pub const fn code(&self) -> u8 {
        match self {
            Self::Usage => 64,
            Self::MigrationRefused(_) => 65,
            Self::Unavailable { .. } => 69,
            Self::Internal(_) => 70,
            Self::Temporary(_) => 75,
            Self::AnotherPoller => 76,
            Self::WrongToken => 77,
            Self::Configuration(_) => 78,
        }
    }

    /// Whether starting the same binary with the same configuration again may go better.
    #[must_use]
    pub const fn restart_helps(&self) -> bool {
        match self {
            Self::Unavailable { .. }
            | Self::Internal(_)
            | Self::Temporary(_)
            | Self::AnotherPoller => true,
            Self::Usage | Self::MigrationRefused(_) | Self::WrongToken | Self::Configuration(_) => {
                false
            }
        }
    }

    /// What happened and, after colons, why.
    #[must_use]
    pub fn explain(&self) -> String {
        let mut text = self.to_string();
        let mut cause = std::error::Error::source(self);
        while let Some(error) = cause {
            text.push_str(": ");
            text.push_str(&error.to_string());
            cause = error.source();
        }
        text
    }
}
