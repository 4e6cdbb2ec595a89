//! Health and metrics, as whoever watches over the desk sees them.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use actors::domain::Urgency;
use chrono::TimeDelta;
use deskbell::web::Web;
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use crate::canary::CANARY;
use crate::supervision::faulty_store::FaultyStore;
use crate::supervision::plan::{ALWAYS, Fault, Plan};
use crate::triage::model::{Model, says};
use crate::triage::{report, with_model};
use crate::world::{World, conversations};

conversations! {
    a_desk_that_is_well_says_so_and_shows_what_waits
    the_breaker_shows_in_health_and_metrics_and_turns_nothing_red
    a_database_that_does_not_answer_turns_health_red
}

/// The pages, on a port of their own.
struct Pages {
    url: String,
    http: reqwest::Client,
    stop: CancellationToken,
}

impl Pages {
    async fn open(world: &World) -> Self {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let listener = Web::bind(address).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let web = Web::new(world.service().lookout(), world.clock.clone());
        let stop = CancellationToken::new();
        // Stands beside the desk, and ends with these pages.
        #[allow(clippy::disallowed_methods)]
        tokio::spawn(web.run(listener, stop.clone()));
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { url, http, stop }
    }

    /// A page anew: what was looked at a moment ago is not looked at again.
    async fn page(&self, world: &World, path: &str) -> (u16, String) {
        world.pass(TimeDelta::seconds(2)).await;
        let asked = self.http.get(format!("{}{path}", self.url));
        let answer = asked.send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    async fn health(&self, world: &World) -> (u16, Value) {
        let (status, page) = self.page(world, "/health").await;
        (status, serde_json::from_str(&page).unwrap())
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

async fn a_desk_that_is_well_says_so_and_shows_what_waits(world: World) {
    let yard = crate::cast::Yard::open(&world).await;
    yard.claimed(&world).await;
    let pages = Pages::open(&world).await;
    let (status, health) = pages.health(&world).await;
    assert_eq!(status, 200, "{health}");
    assert_eq!(health["status"], "ok");
    assert_eq!(health["incidents"]["open"], 1);
    assert_eq!(health["outbox"]["waiting"], 0);
    assert_eq!(health["deadlines"]["overdue"], 0);
    assert_eq!(health["triage"]["breaker"], Value::Null, "no model");
    let (status, metrics) = pages.page(&world, "/metrics").await;
    assert_eq!(status, 200);
    for line in ["deskbell_up 1", "deskbell_incidents_open 1"] {
        assert!(metrics.lines().any(|it| it == line), "{line}: {metrics}");
    }
    let (status, _) = pages.page(&world, "/").await;
    assert_eq!(status, 404);
    world.finish().await;
}

async fn the_breaker_shows_in_health_and_metrics_and_turns_nothing_red(mut world: World) {
    let model = Model::away();
    let yard = with_model(&mut world, &model).await;
    let pages = Pages::open(&world).await;
    let (_, health) = pages.health(&world).await;
    assert_eq!(health["triage"]["breaker"], "closed");
    for number in 0..4 {
        report(&world, &yard, &format!("Tap {number} is leaking")).await;
    }
    let (status, health) = pages.health(&world).await;
    assert_eq!(status, 200, "nobody waits for the model: {health}");
    assert_eq!(health["triage"]["breaker"], "open");
    assert_eq!(health["triage"]["waiting"], 4);
    let (_, metrics) = pages.page(&world, "/metrics").await;
    let open = r#"deskbell_triage_breaker{state="open"} 1"#;
    assert!(metrics.contains(open), "{metrics}");
    let failed = r#"deskbell_triage_calls_total{outcome="transient"}"#;
    assert!(metrics.contains(failed), "{metrics}");
    model.comes_back(says(Urgency::Planned, "Tap drips"));
    world.pass(TimeDelta::seconds(61)).await;
    model.settled(&world, 5).await;
    let (_, health) = pages.health(&world).await;
    assert_eq!(health["triage"]["breaker"], "closed");
    assert_eq!(health["triage"]["waiting"], 0);
    world.finish().await;
}

async fn a_database_that_does_not_answer_turns_health_red(mut world: World) {
    let plan = Plan::new();
    let between = Arc::clone(&plan);
    world.put_between(move |inner| {
        let plan = Arc::clone(&between);
        Arc::new(FaultyStore { inner, plan })
    });
    world.restart().await;
    let pages = Pages::open(&world).await;
    assert_eq!(pages.health(&world).await.0, 200);
    plan.next(ALWAYS, "backlog", None, Fault::Fail);
    let (status, health) = pages.health(&world).await;
    assert_eq!(status, 503);
    assert_eq!(health["failing"], serde_json::json!(["database"]));
    let (_, metrics) = pages.page(&world, "/metrics").await;
    assert!(metrics.contains("deskbell_up 0"), "{metrics}");
    assert!(!metrics.contains(CANARY) && !health.to_string().contains(CANARY));
    plan.clear();
    assert_eq!(pages.health(&world).await.0, 200);
    world.finish().await;
}
