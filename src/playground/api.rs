//! The Bot API over HTTP, as a bot meets it.
//!
//! `parameters` reads what came, `catalogue` knows what may come, and each other module is a
//! family of methods. A method works on the locked world and answers at once; only `getUpdates`
//! waits.

mod catalogue;
mod chats;
mod edits;
mod envelope;
mod files;
mod parameters;
mod profile;
mod sends;
mod updates;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Request, State as Shared};
use axum::response::Response;
use axum::routing::{any, get};
use serde_json::Value;

use super::crash::Moment;
use super::handle::World;
use super::world::{Call, ChatId, Fault, Refusal, State, Violation};
use catalogue::Family;
use parameters::Parameters;
pub(super) use updates::mark_delivered;

/// Telegram takes uploads up to 50 MB; the rest is room for the other parts of the form.
const LARGEST_BODY: usize = 52 << 20;

/// What a method answers.
type Answer = Result<Value, Refusal>;

/// The routes of the Bot API and of file download.
pub(super) fn router(world: World) -> Router {
    Router::new()
        .route("/file/{bot}/{*path}", get(files::download))
        .route("/{bot}/{method}", any(call))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .with_state(world)
}

/// One call: token, method, parameters, weather, answer, record.
async fn call(
    Shared(world): Shared<World>,
    Path((bot, method)): Path<(String, String)>,
    request: Request,
) -> Response {
    if bot.strip_prefix("bot") != Some(world.token()) {
        return envelope::refused(&Refusal::unauthorized());
    }
    let parameters = match Parameters::read(request).await {
        Ok(parameters) => parameters,
        Err(refusal) => return envelope::refused(&refusal),
    };
    let known = catalogue::find(&method);
    let name = known.map_or(method.as_str(), |entry| entry.name);
    let _until_answered = UnderWay::begin(&world, name);
    let stop = world.look_mut(|state| state.crash.strike(name));
    if world.stands_still(stop, Moment::Arrived).await {
        return envelope::cut_off();
    }
    let fault = world.act(|state| prepare(state, known, name, &parameters));
    let answer = match fault {
        None | Some(Fault::ReplyLost | Fault::Truncated | Fault::Reordered) => match known {
            Some(entry) => perform(&world, entry, &parameters, fault).await,
            None => Err(Refusal::unknown_method()),
        },
        Some(Fault::OldBatch) => Ok(world.look(|state| state.weather.last_batch())),
        Some(Fault::TooManyRequests(seconds)) => Err(Refusal::too_many_requests(seconds)),
        Some(Fault::ServerError) => Err(Refusal::server_error()),
        Some(Fault::BadGateway) => return envelope::bad_gateway(),
        Some(Fault::Hang) => {
            world.closing().await;
            return envelope::bad_gateway();
        }
    };
    record(&world, name, &parameters, &answer);
    if world.stands_still(stop, Moment::Applied).await {
        return envelope::cut_off();
    }
    world.stands_still(stop, Moment::Answered).await;
    match fault {
        Some(Fault::ReplyLost) => envelope::cut_off(),
        Some(Fault::Truncated) => envelope::truncated(&answer),
        _ => envelope::answered(&answer),
    }
}

/// Counts a call while it waits for its answer, whoever gives up first.
struct UnderWay(Option<Arc<AtomicUsize>>);

impl UnderWay {
    fn begin(world: &World, method: &str) -> Self {
        let counted = (method != "getUpdates").then(|| Arc::clone(world.under_way()));
        if let Some(count) = &counted {
            count.fetch_add(1, Ordering::SeqCst);
        }
        Self(counted)
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        if let Some(count) = &self.0 {
            count.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

/// Checks the call against the rules, and asks the weather.
fn prepare(
    state: &mut State,
    known: Option<&'static catalogue::Entry>,
    name: &str,
    parameters: &Parameters,
) -> Option<Fault> {
    let now = state.now();
    let chat = parameters.chat();
    for parameter in known
        .into_iter()
        .flat_map(|entry| parameters.unknown_to(entry))
    {
        let method = name.to_owned();
        state
            .audit
            .blame(Violation::UnknownParameter { method, parameter });
    }
    state.audit.check_patience(name, chat, now);
    let fault = state.weather.strike(name, now);
    if let Some(Fault::TooManyRequests(seconds)) = fault {
        state
            .audit
            .told_to_wait(name, chat, now + chrono::TimeDelta::seconds(seconds));
    }
    fault
}

/// Runs a method on the world.
async fn perform(
    world: &World,
    entry: &'static catalogue::Entry,
    parameters: &Parameters,
    fault: Option<Fault>,
) -> Answer {
    if let Some(missing) = parameters.missing_of(entry) {
        return Err(Refusal::bad_request(format!(
            "parameter \"{missing}\" is required"
        )));
    }
    let name = entry.name;
    if name == "getUpdates" {
        // The only method that waits, so it must not hold the world.
        let batch = updates::get_updates(world, parameters).await?;
        return Ok(world.look_mut(|state| state.weather.pass(fault, batch)));
    }
    world.act(|state| match entry.family {
        Family::Updates => updates::webhook(state, name, parameters),
        Family::Send => sends::send(state, name, parameters),
        Family::Edit => edits::edit(state, name, parameters),
        Family::PinOrDelete => edits::pin_or_delete(state, name, parameters),
        Family::Toast => sends::answer_press(state, parameters),
        Family::Chat => chats::ask(state, name, parameters),
        Family::Reaction => chats::react(state, parameters),
        Family::File => files::get_file(state, parameters),
        Family::Profile => profile::configure(state, name, parameters),
    })
}

fn record(world: &World, method: &str, parameters: &Parameters, answer: &Answer) {
    let (status, answer) = envelope::parts(answer);
    world.act(|state| {
        let at = state.now();
        let method = method.to_owned();
        let parameters = parameters.recorded();
        state.audit.record(Call {
            at,
            method,
            parameters,
            status,
            answer,
        });
    });
}

/// The chat a method names.
fn chat_of(parameters: &Parameters) -> Result<ChatId, Refusal> {
    let empty = || Refusal::bad_request("chat_id is empty");
    let unknown = || Refusal::bad_request("chat not found");
    parameters
        .text("chat_id")
        .filter(|text| !text.is_empty())
        .ok_or_else(empty)?;
    parameters.chat().ok_or_else(unknown)
}
