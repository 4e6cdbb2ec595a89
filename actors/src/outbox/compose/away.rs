//! What was gathered into one message, as it stands when that is sent.

use super::here::withheld;
use crate::context::Context;
use crate::domain::{PersonId, away};
use crate::ports::{Background, Gathered, OutboxRow, StoreError};

/// The words of a row that still hold, each with its incident.
pub(super) async fn gathered(
    context: &Context,
    row: &OutboxRow,
    found: &mut Background,
) -> Result<(), StoreError> {
    for word in &row.words {
        let Some(id) = word.incident else { continue };
        let Some(incident) = context.store.incident(id).await? else {
            continue;
        };
        if away::still_holds(&word.says, &incident) && !withheld(context, word, &incident).await? {
            let says = word.says.clone();
            found.gathered.push(Gathered { says, incident });
        }
    }
    Ok(())
}

/// Whether a row has words that hold, and are none of its reader's.
pub(super) async fn withholds(context: &Context, row: &OutboxRow) -> Result<bool, StoreError> {
    for word in &row.words {
        let Some(id) = word.incident else { continue };
        if let Some(incident) = context.store.incident(id).await?
            && away::still_holds(&word.says, &incident)
            && withheld(context, word, &incident).await?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whom such a row names, where its words still hold: those to whom they go, and those whom they call.
pub(super) fn named(row: &OutboxRow, background: &Background) -> (Vec<PersonId>, Vec<PersonId>) {
    let holds = |word: &&OutboxRow| {
        let mut gathered = background.gathered.iter();
        gathered.any(|it| Some(it.incident.identity.id) == word.incident && it.says == word.says)
    };
    let (mut told, mut called) = (Vec::new(), Vec::new());
    for word in row.words.iter().filter(holds) {
        told.extend(word.person.iter().chain(&word.also));
        called.extend(away::called(&word.says));
    }
    for people in [&mut told, &mut called] {
        people.sort_unstable();
        people.dedup();
    }
    (told, called)
}
