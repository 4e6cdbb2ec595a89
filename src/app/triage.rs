//! The triage model, as it was configured.

use std::sync::Arc;

use actors::ports::{Analyst, TriageLimits};
use anyhow::Context as _;

use crate::claude::{Claude, Options, Prices};
use crate::config::{Anthropic, Triage};
use crate::exit::Exit;

/// The model; none without a key.
///
/// # Errors
/// When the operator's own instructions cannot be read, or no HTTP client be made.
pub fn analyst(anthropic: &Anthropic, triage: &Triage) -> Result<Option<Arc<dyn Analyst>>, Exit> {
    let Some(api_key) = anthropic.api_key.clone() else {
        return Ok(None);
    };
    let prompt = triage.prompt_path.as_ref().map(std::fs::read_to_string);
    let prompt = prompt
        .transpose()
        .context("TRIAGE_PROMPT_PATH: the file with the instructions cannot be read")
        .map_err(Exit::Temporary)?;
    let (input, output) = triage.prices;
    let claude = Claude::new(Options {
        api_key,
        base_url: anthropic.base_url.clone(),
        model: triage.model.clone(),
        prices: Prices { input, output },
        prompt,
        timeout: triage.timeout,
    });
    let claude = claude.context("no HTTP client").map_err(Exit::Internal)?;
    Ok(Some(Arc::new(claude)))
}

/// What triage may spend.
pub(super) fn limits(triage: &Triage) -> TriageLimits {
    TriageLimits {
        daily_calls: triage.daily_calls,
        daily_micros: triage.daily_micros,
        call: triage.timeout,
    }
}
