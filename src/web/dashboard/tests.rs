//! Every page, made of what the tests of the words have: they prove that all is said, in every
//! language, and that nothing that people wrote comes alive.

use std::sync::Arc;

use actors::domain::id::MessageRef;
use actors::domain::kpi::{Overview, Span};
use actors::domain::{GroupConfig, Incident, Language, Person, Recorded, Urgency};
use actors::ports::{Board, Tally};
use chrono::{DateTime, Duration, Utc};

use super::figures::Account;
use super::home::Wish;
use super::incident::Story;
use super::layout::{Tongue, all_notices};
use super::visitor::Visitor;
use super::{figures, home, incident, sign_in};
use crate::words::Words;

/// What pages are made of.
pub(crate) struct Specimens {
    pub(crate) language: Language,
    pub(crate) now: DateTime<Utc>,
    pub(crate) visitor: Person,
    pub(crate) group: GroupConfig,
    pub(crate) people: Vec<Person>,
    pub(crate) incidents: Vec<Incident>,
    pub(crate) card: Option<MessageRef>,
    pub(crate) events: Vec<Recorded>,
    pub(crate) overviews: Vec<(Span, Overview)>,
}

/// All pages, as they are sent.
pub(crate) fn pages(words: &dyn Words, of: &Specimens) -> Vec<String> {
    let tongue = Tongue {
        words,
        language: of.language,
        now: of.now,
    };
    let group = Arc::new(of.group.clone());
    let mut pages = boards(&tongue, of);
    let visitor = visitor(of, 1);
    for found in &of.incidents {
        let story = Story {
            incident: found.clone(),
            group: Arc::clone(&group),
            events: of.events.clone(),
            people: of.people.clone(),
            card: of.card,
            repeats: Some(found.clone()),
        };
        pages.push(incident::page(&tongue, &visitor, &story).into_string());
    }
    for (span, overview) in &of.overviews {
        let account = Account {
            groups: overview.groups.iter().map(|it| it.id).collect(),
            group: Arc::clone(&group),
            span: *span,
            overview: overview.clone(),
            people: of.people.clone(),
        };
        for later in [0, 100] {
            let tongue = Tongue {
                now: of.now + Duration::days(later),
                ..tongue
            };
            pages.push(figures::page(&tongue, &visitor, &account).into_string());
        }
    }
    pages.push(sign_in::asking(&tongue, &of.visitor).into_string());
    all_notices(&tongue);
    pages
}

fn visitor(of: &Specimens, groups: usize) -> Visitor {
    let mut group = of.group.clone();
    group.managers.push(of.visitor.id);
    let group = Arc::new(group);
    Visitor {
        person: of.visitor.clone(),
        groups: std::iter::repeat_n(group, groups).collect(),
        language: of.language,
    }
}

/// Boards of a member of one group and of many, with anything on them and with nothing.
fn boards(tongue: &Tongue<'_>, of: &Specimens) -> Vec<String> {
    let narrow = Wish::late_ones(1);
    let full = Board {
        incidents: of.incidents.clone(),
        total: 100,
        tally: Tally {
            open: 100,
            ..Tally::default()
        },
    };
    let mut pages = Vec::new();
    for visitor in [visitor(of, 1), visitor(of, 9)] {
        for wish in [Wish::default(), narrow.clone()] {
            for board in [Board::default(), full.clone()] {
                let shown = home::page(tongue, &visitor, &wish, (&board, &of.people));
                pages.push(shown.into_string());
            }
        }
    }
    // As if each had been left for a month.
    for time in [-1, 1] {
        let mut rated = of.incidents.clone();
        for incident in &mut rated {
            incident.urgency = Some(Urgency::Critical);
            incident.opened_at = of.now - Duration::minutes(1) - Duration::days(30 * time.max(0));
            incident.counted_from = None;
        }
        let board = Board {
            incidents: rated,
            ..full.clone()
        };
        let visitor = visitor(of, 1);
        let shown = home::page(tongue, &visitor, &Wish::default(), (&board, &of.people));
        pages.push(shown.into_string());
    }
    pages
}
