//! The chat page.

use axum::Router;

use super::handle::World;

pub(super) fn router(world: World) -> Router {
    let _ = world;
    Router::new()
}
