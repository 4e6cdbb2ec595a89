//! From a row to a letter: what it is about is read at the moment of saying.

mod away;
mod here;
pub(super) mod overview;

use std::sync::Arc;

use chrono_tz::Tz;

use crate::company::offered;
use crate::context::Context;
use crate::domain::id::MessageRef;
use crate::domain::notice::{HISTORY_PAGE_SIZE, LIST_PAGE_SIZE, List, ListOf, Menu, Panel};
use crate::domain::quiet::is_moot;
use crate::domain::{
    Author, Event, GroupConfig, GroupId, Incident, JoinRequestId, Language, MessageId, Person,
    PersonId, Recorded, Refusal, Says,
};
use crate::ports::{Act, Background, Letter, OutboxRow, SignInLink, StoreError};
use crate::sight::{groups_in_sight, listed};
use here::{Reader, mentioned, only_those_here, said_here};

/// How many earlier calls a call shows: all that a chain makes in an hour or two.
const TELLINGS_SHOWN: u32 = 30;

/// A letter, or that there is nothing to say any more.
pub(super) enum Composed {
    /// This is to be delivered.
    Letter(Box<Letter>),
    /// There is nothing to say, and why.
    Nothing(&'static str),
    /// It was held back, and is out of date by now.
    Moot(&'static str),
    /// It is not for whom it would be told, and why.
    Withheld(&'static str),
    /// It is not for whom it would be told, nobody else can be, and so the group is to hear it.
    SaidInGroup(&'static str),
    /// Something else has to go first, and what.
    NotYet(&'static str),
}

/// Why something is withheld.
const NOT_HERE: &str = "whom it would tell is not in this group";

/// Composes the letter of a row.
pub(super) async fn compose(context: &Context, row: &OutboxRow) -> Result<Composed, StoreError> {
    let background = background(context, row).await?;
    let now = context.clock.now();
    if let (Some(group), Some(incident)) = (&background.group, &background.incident)
        && is_moot(&row.says, row.created_at, incident, &group.settings)
    {
        return Ok(Composed::Moot("nobody has to be called for it any more"));
    }
    if nothing_is_listed(row, &background) {
        return Ok(match away::withholds(context, row).await? {
            true => Composed::Withheld(NOT_HERE),
            false => Composed::Moot("nothing of what it would list is left"),
        });
    }
    match here::reader(context, row, background.incident.as_ref()).await? {
        Reader::Concerned => {}
        Reader::Elsewhere => return Ok(Composed::Withheld(NOT_HERE)),
        Reader::LikeAllOthers => return Ok(Composed::SaidInGroup(NOT_HERE)),
    }
    let is_private = is_private(row);
    let card_here = background
        .card
        .filter(|card| card.chat == row.chat)
        .map(|card| card.message);
    let Some(act) = act_of(row, card_here) else {
        return Ok(match row.says {
            Says::Pin if card_waits(context, row).await? => {
                Composed::NotYet("the card goes before its pin")
            }
            _ => Composed::Nothing("there is no card to pin or unpin"),
        });
    };
    let says = said_here(context, row, &background).await;
    let group = background.group.as_deref();
    let reader = reader(context, row).await?;
    let mentions = match is_private {
        true => Vec::new(),
        false => mentioned(context, row, &background).await,
    };
    Ok(Composed::Letter(Box::new(Letter {
        act,
        chat: row.chat,
        thread: row.thread,
        reply_to: row
            .reply_to
            .or_else(|| answers(row, &background, card_here)),
        mentions,
        // An edit is the same twice.
        repeat: row.doubtful && act == Act::Send,
        language: language(reader.as_ref(), group, row),
        time_zone: group.map_or(Tz::UTC, |group| group.settings.time_zone),
        now,
        says,
        background,
    })))
}

fn is_private(row: &OutboxRow) -> bool {
    row.person.map(PersonId::private_chat) == Some(row.chat)
}

/// Whether words that list incidents have none left to list. A page that was sent says so.
fn nothing_is_listed(row: &OutboxRow, background: &Background) -> bool {
    let lists = matches!(row.says, Says::Digest { .. } | Says::ShiftEnding { .. });
    let gathers = matches!(row.says, Says::WhileAway { .. });
    (lists && row.edit.is_none() && background.incidents.is_empty())
        || (gathers && background.gathered.is_empty())
}

async fn card_waits(context: &Context, row: &OutboxRow) -> Result<bool, StoreError> {
    match row.incident {
        Some(incident) => context.store.outbox_card_waits(incident).await,
        None => Ok(false),
    }
}

fn act_of(row: &OutboxRow, card: Option<MessageId>) -> Option<Act> {
    match (&row.says, row.edit, card) {
        (Says::Pin, _, card) => card.map(Act::Pin),
        (Says::Unpin, _, card) => card.map(Act::Unpin),
        (Says::Card { .. }, _, Some(card)) => Some(Act::Edit(card)),
        (_, Some(message), _) => Some(Act::Edit(message)),
        _ => Some(Act::Send),
    }
}

/// What a message in the group answers by itself: a card its report, everything else the card.
fn answers(row: &OutboxRow, background: &Background, card: Option<MessageId>) -> Option<MessageId> {
    match row.says {
        Says::Card { .. } => {
            let origin: MessageRef = background.incident.as_ref()?.report.origin?;
            (origin.chat == row.chat).then_some(origin.message)
        }
        _ => card,
    }
}

/// Whose private chat it goes to, if it does.
async fn reader(context: &Context, row: &OutboxRow) -> Result<Option<Person>, StoreError> {
    if row.chat.is_group() {
        return Ok(None);
    }
    let person = PersonId(row.chat.0);
    Ok(context.store.people(&[person]).await?.pop())
}

/// A group has a language, a private chat its person's.
fn language(reader: Option<&Person>, group: Option<&GroupConfig>, row: &OutboxRow) -> Language {
    let of_group = group.map(|group| group.settings.language);
    let of_reader = reader.and_then(|reader| reader.language);
    if row.chat.is_group() {
        of_group.unwrap_or_default()
    } else {
        of_reader.or(of_group).unwrap_or_default()
    }
}

async fn background(context: &Context, row: &OutboxRow) -> Result<Background, StoreError> {
    let store = &context.store;
    let mut found = Background::default();
    if let Some(group) = row.group {
        found.group = store.group(group).await?.map(Arc::new);
    }
    if let Some(incident) = row.incident {
        found.incident = store.incident(incident).await?;
        found.card = store.card(incident).await?.map(|card| card.message);
    }
    only_those_here(context, row, &mut found).await;
    particulars(context, row, &mut found).await?;
    let mut people = named_by(&row.says);
    people.extend(row.person);
    people.extend(&row.also);
    let (told, called) = away::named(row, &found);
    people.extend(told.into_iter().chain(called));
    people.extend(found.incident.iter().flat_map(Incident::people));
    people.extend(found.incidents.iter().flat_map(Incident::people));
    let overview = found.overview.iter();
    people.extend(overview.flat_map(|it| it.people.iter().map(|(person, _)| *person)));
    people.extend(found.history.iter().flat_map(named_in_event));
    people.extend(found.tellings.iter().map(|it| it.person));
    people.extend(
        found
            .group
            .iter()
            .flat_map(|group| named_by_group(&row.says, group)),
    );
    people.sort_unstable();
    people.dedup();
    found.people = store.people(&people).await?;
    Ok(found)
}

/// What only some letters need.
async fn particulars(
    context: &Context,
    row: &OutboxRow,
    found: &mut Background,
) -> Result<(), StoreError> {
    let store = &context.store;
    match &row.says {
        Says::Report { .. } => overview::compose(context, row, found).await?,
        Says::List { .. } | Says::Digest { .. } | Says::ShiftEnding { .. } => {
            lists(context, row, found).await?;
        }
        Says::WhileAway { .. } => away::gathered(context, row, found).await?,
        Says::History { page } => history_page(context, row, *page, found).await?,
        Says::JoinRequested { person, department } => {
            let request: Option<JoinRequestId> =
                store.join_request_of(*person, *department).await?;
            found.join_request = request;
        }
        Says::MarkedDuplicate { of, .. } | Says::LooksLike { like: of, .. } => {
            found.incidents.extend(store.incident(*of).await?);
        }
        Says::Refused {
            refusal: Refusal::AlreadyReported { incident, .. },
        } => found.incidents.extend(store.incident(*incident).await?),
        Says::WhichGroup { groups, .. } | Says::WhichHome { groups, .. } => {
            groups_named(context, groups, found).await?;
        }
        Says::Recurring { .. } => {
            if let Some(group) = row.group {
                found.recurring = store.recurring_of(group).await?;
            }
        }
        Says::Dashboard => found.sign_in = sign_in(context, row).await?,
        Says::Code { place } => {
            if let Some(group) = row.group {
                found.place = store.place_named(group, place).await?;
            }
        }
        Says::Panel { panel } => companies(context, *panel, found).await?,
        Says::HomeChosen { group } => groups_named(context, &[*group], found).await?,
        Says::ReportTaken => {
            let groups = store.groups_of(PersonId(row.chat.0)).await?;
            groups_named(context, &groups, found).await?;
        }
        Says::Escalated { .. } => {
            if let Some(incident) = row.incident {
                found.tellings = store.tellings(incident, TELLINGS_SHOWN).await?;
            }
        }
        Says::Card { .. } | Says::Incident { .. } => {
            let of = found.incident.as_ref().and_then(|it| it.duplicate_of);
            if let Some(of) = of {
                found.incidents.extend(store.incident(of).await?);
            }
        }
        _ => {}
    }
    Ok(())
}

/// The companies that a group's page names: those it may come under.
async fn companies(
    context: &Context,
    panel: Panel,
    found: &mut Background,
) -> Result<(), StoreError> {
    match panel {
        Panel::Belong(group) => groups_named(context, &[group], found).await?,
        Panel::SetUp | Panel::Settings => {
            if let Some(group) = &found.group {
                found.groups = offered(context, group, &group.managers).await?;
            }
        }
        Panel::SettingsFor(person) => {
            if let Some(group) = &found.group {
                found.groups = offered(context, group, &[person]).await?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// For the person whose private chat it is.
async fn sign_in(context: &Context, row: &OutboxRow) -> Result<Option<SignInLink>, StoreError> {
    match &context.sign_in {
        Some(door) if !row.chat.is_group() => door.link_for(PersonId(row.chat.0)).await.map(Some),
        _ => Ok(None),
    }
}

async fn history_page(
    context: &Context,
    row: &OutboxRow,
    page: u32,
    found: &mut Background,
) -> Result<(), StoreError> {
    if let Some(incident) = row.incident {
        let events = context.store.events(incident).await?;
        found.total = u32::try_from(events.len()).unwrap_or(u32::MAX);
        let first = page.saturating_mul(HISTORY_PAGE_SIZE) as usize;
        let size = HISTORY_PAGE_SIZE as usize;
        found.history = events.into_iter().skip(first).take(size).collect();
    }
    Ok(())
}

async fn groups_named(
    context: &Context,
    groups: &[GroupId],
    found: &mut Background,
) -> Result<(), StoreError> {
    for group in groups {
        let known = context.store.group(*group).await?;
        found.groups.extend(known.map(Arc::new));
    }
    Ok(())
}

/// What a group is shown is its own; whom their private chat shows it, what they may see.
async fn list_page(
    context: &Context,
    row: &OutboxRow,
    list: &List,
    found: &mut Background,
) -> Result<(), StoreError> {
    let Some(group) = &found.group else {
        return Ok(());
    };
    let groups = match row.chat.is_group() {
        true => vec![group.id],
        false => groups_in_sight(context, group, PersonId(row.chat.0)).await?,
    };
    let page = (list.page.saturating_mul(LIST_PAGE_SIZE), LIST_PAGE_SIZE);
    (found.incidents, found.total) = listed(&*context.store, &groups, list.of, page).await?;
    if groups.len() > 1 {
        groups_named(context, &groups, found).await?;
    }
    Ok(())
}

/// A list that was asked for, what waits where a shift begins, and what is held by who ends it.
async fn lists(
    context: &Context,
    row: &OutboxRow,
    found: &mut Background,
) -> Result<(), StoreError> {
    match &row.says {
        Says::List { list } => list_page(context, row, list, found).await?,
        Says::Digest { departments, .. } => {
            for department in departments {
                let of = ListOf::Unclaimed(*department);
                further(context, of, found).await?;
            }
        }
        Says::ShiftEnding { person, .. } => {
            further(context, ListOf::Owned(*person), found).await?;
        }
        _ => {}
    }
    Ok(())
}

/// The first page of a list of the group, after what is listed already: each group speaks of its own
/// when a shift begins or ends by its clock.
async fn further(context: &Context, of: ListOf, found: &mut Background) -> Result<(), StoreError> {
    if let Some(group) = &found.group {
        let page = context.store.list(group.id, of, 0, LIST_PAGE_SIZE).await?;
        found.incidents.extend(page.0);
        found.total += page.1;
    }
    Ok(())
}

/// Who is named in what is said.
fn named_by(says: &Says) -> Vec<PersonId> {
    match says {
        Says::NewInDepartment {
            call, released_by, ..
        } => call.iter().chain(released_by).copied().collect(),
        Says::Nudge { call, .. }
        | Says::DepartmentMissing { call, .. }
        | Says::EscalationWarned { call, .. } => call.clone(),
        Says::Escalated { people, .. } => people.clone(),
        Says::Claimed { by }
        | Says::Assigned { by }
        | Says::Blocked { by, .. }
        | Says::Resumed { by }
        | Says::Transferred { by, .. }
        | Says::Resolved { by }
        | Says::ConfirmationAsked { by }
        | Says::Reopened { by, .. }
        | Says::Cancelled { by, .. }
        | Says::Acknowledged { by }
        | Says::MarkedDuplicate { by, .. } => vec![*by],
        Says::JoinRequested { person, .. }
        | Says::Duty { person }
        | Says::Schedule { person }
        | Says::Mutes { person }
        | Says::ShiftEnding { person, .. }
        | Says::Prompt { person, .. }
        | Says::LooksLike { person, .. }
        | Says::WakeUpAsked { person } => vec![*person],
        Says::Recording { by, .. } => vec![*by],
        Says::ApprovalAsked { by } => by.iter().copied().collect(),
        Says::Accepted {
            event: Event::Assigned { person },
        } => vec![*person],
        Says::Refused { refusal } => match refusal {
            Refusal::AlreadyClaimed { owner, .. } => vec![*owner],
            Refusal::AlreadyAcknowledged { by, .. } => vec![*by],
            Refusal::Closed { by, .. } => by.iter().copied().collect(),
            Refusal::ResolverOnly { resolver } => vec![*resolver],
            Refusal::NotAMember { person } => vec![*person],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn named_in_event(recorded: &Recorded) -> Vec<PersonId> {
    let mut people = Vec::new();
    if let Author::Person(person) = recorded.by {
        people.push(person);
    }
    match &recorded.event {
        Event::Assigned { person } => people.push(*person),
        Event::Escalated { people: called, .. } | Event::CallUnheard { people: called } => {
            people.extend(called);
        }
        _ => {}
    }
    people
}

/// Panels show who belongs where, where an incident may be handed over members are offered, and where
/// none of those who are called is there others are.
fn named_by_group(says: &Says, group: &GroupConfig) -> Vec<PersonId> {
    let panel = matches!(says, Says::Panel { .. } | Says::PanelShown { .. });
    let calls_others = !group.siblings.is_empty() && here::calls(says);
    if !(offers_members(says) || panel || calls_others) {
        return Vec::new();
    }
    let members = group.departments.iter().flat_map(|it| it.members.iter());
    members
        .chain(&group.managers)
        .chain(&group.dispatchers)
        .copied()
        .collect()
}

/// Whether it offers members of a department, or lists them.
fn offers_members(says: &Says) -> bool {
    let menu = Menu::HandOver;
    match says {
        Says::LeaseQuestioned { .. } | Says::Escalated { .. } | Says::Duty { .. } => true,
        says => *says == Says::Card { menu } || *says == Says::Incident { menu },
    }
}
