//! Puts the parts together.

use anyhow::anyhow;

use crate::cli::DemoOptions;
use crate::config::Config;
use crate::exit::Exit;

/// Runs the service until it is asked to stop.
///
/// # Errors
/// Says why it stopped by itself.
#[allow(clippy::unused_async)] // the parts that it will wait for come with the wiring
pub async fn serve(_config: Config) -> Result<(), Exit> {
    Err(Exit::Internal(anyhow!("the service is not wired yet")))
}

/// Runs the demo until it is asked to stop.
///
/// # Errors
/// Says why it stopped by itself.
#[allow(clippy::unused_async)] // the parts that it will wait for come with the wiring
pub async fn demo(_options: DemoOptions) -> Result<(), Exit> {
    Err(Exit::Internal(anyhow!("the demo is not wired yet")))
}
