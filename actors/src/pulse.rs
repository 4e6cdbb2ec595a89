//! Makes an actor look at its rows: when it is tapped, and otherwise when its nap is over.

use std::sync::Arc;
use std::time::Duration;

use ractor::rpc::CallResult;
use ractor::{ActorRef, Message, RpcReplyPort};
use tokio::sync::Notify;

/// How long one look may take before it is asked for anew.
const LOOK_LIMIT: Duration = Duration::from_secs(60);

/// The time between a tap and the look: whoever pressed is answered first, and under load, when every
/// commit taps, one look finds the rows of them all. Nobody notices that a message leaves so much later.
const REST: Duration = Duration::from_millis(10);

/// Starts to make `actor` look. Each look answers how long the next nap may be. Ends by itself
/// when the actor is gone.
pub(crate) fn start<M: Message>(
    actor: ActorRef<M>,
    tap: Arc<Notify>,
    look: fn(RpcReplyPort<Duration>) -> M,
) {
    let beat = async move {
        let mut nap = Duration::ZERO;
        loop {
            tokio::select! {
                () = tap.notified() => tokio::time::sleep(REST).await,
                () = tokio::time::sleep(nap) => {}
            }
            match actor.call(look, Some(LOOK_LIMIT)).await {
                Ok(CallResult::Success(next)) => nap = next,
                Ok(CallResult::Timeout) => {}
                Ok(CallResult::SenderError) | Err(_) => return,
            }
        }
    };
    // No actor could own this: it is what makes one act, and it ends with that actor.
    #[allow(clippy::disallowed_methods)]
    tokio::spawn(beat);
}
