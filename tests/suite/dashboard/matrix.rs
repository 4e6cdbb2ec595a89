//! Every address, for everybody: a route without a row does not compile.

use deskbell::playground::{PersonId, Standing};
use deskbell::web::dashboard::Route;

use super::browser::{Answer, Front, SAME_ORIGIN};
use super::yard;
use crate::world::{World, conversations};
use crate::yard::Yard;

conversations! {
    everybody_sees_their_own_and_nobody_anything_else
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asker {
    Nobody,
    Member,
    Manager,
    /// Manages the hotel next door.
    Neighbour,
    /// Was in the yard's group, and in no other.
    Former,
}

const ASKERS: [Asker; 5] = [
    Asker::Nobody,
    Asker::Member,
    Asker::Manager,
    Asker::Neighbour,
    Asker::Former,
];

/// What only the yard may read.
const SECRETS: [&str; 3] = ["the weighbridge lies", "Northgate Yard", "Jaan"];

/// What each of them is answered about the yard.
fn status(route: Route, asker: Asker) -> u16 {
    use Asker::{Former, Manager, Member, Neighbour, Nobody};
    match (route, asker) {
        // The same for everybody: there is nothing of anybody in it.
        (Route::Asset, _) => 200,
        (Route::SignIn, _) => 410,
        (Route::SignOut, _) => 303,
        (_, Nobody | Former) => 401,
        (Route::Home, _) => 200,
        (Route::Incident, Member | Manager) => 200,
        (Route::AnyFigures, Manager | Neighbour) => 303,
        (Route::Figures | Route::Table, Manager) => 200,
        (Route::Incident, Neighbour) => 404,
        (Route::AnyFigures, Member) => 404,
        (Route::Figures | Route::Table, Member | Neighbour) => 404,
    }
}

fn path(route: Route, group: i64, style: &str) -> String {
    match route {
        Route::Home | Route::AnyFigures | Route::SignOut => route.path().to_owned(),
        Route::Incident => format!("/groups/{group}/incidents/0001"),
        Route::Figures => format!("/groups/{group}/figures"),
        Route::Table => format!("/groups/{group}/table/csv"),
        Route::SignIn => format!("/sign-in/{}", "x".repeat(43)),
        Route::Asset => style.to_owned(),
    }
}

async fn everybody_sees_their_own_and_nobody_anything_else(mut world: World) {
    let front = Front::open(&mut world).await;
    let yard = yard(&world).await;
    let anna = world.telegram.person("Anna").started().add();
    let hotel = world.group("Hotel Aurora", &[anna]).await;
    world.say(hotel, anna, "Good morning").await;
    yard.incident(&world, "the weighbridge lies", "0001", "Maintenance")
        .await;
    let group = world.config(yard.chat).await.id.0;
    let style = style(&front).await;
    let cookies = cookies(&world, &front, &yard, anna).await;

    let mut nothing = front.get("/no/such/page", cookies[3].as_deref()).await;
    assert_eq!(nothing.status, 404);
    nothing.headers.remove("date");
    for route in Route::ALL {
        for (asker, cookie) in ASKERS.into_iter().zip(&cookies) {
            // Signing out is last of all: nobody would see anything afterwards.
            if route == Route::SignOut {
                continue;
            }
            let path = path(route, group, &style);
            let answer = front.get(&path, cookie.as_deref()).await;
            check(route, asker, &answer);
            if answer.status == 404 {
                let same = asker != Asker::Neighbour || answer.text == nothing.text;
                assert!(same, "{route:?} tells that it exists");
            }
        }
    }
    for (asker, cookie) in ASKERS.into_iter().zip(&cookies) {
        let answer = front
            .post("/sign-out", &SAME_ORIGIN, cookie.as_deref())
            .await;
        check(Route::SignOut, asker, &answer);
        let after = front.get("/", cookie.as_deref()).await;
        assert_eq!(after.status, 401, "{asker:?}");
    }
    world.finish().await;
}

async fn style(front: &Front) -> String {
    let page = front.get("/", None).await.text;
    let mut named = page.split('"').filter(|it| it.starts_with("/assets/style"));
    named.next().unwrap().to_owned()
}

/// A session of each, in the order of the askers.
async fn cookies(world: &World, front: &Front, yard: &Yard, anna: PersonId) -> Vec<Option<String>> {
    let mut cookies = vec![None];
    for person in [yard.jaan, yard.mari, anna, yard.olga] {
        let browser = front.enter(world, person).await;
        cookies.push(browser.cookie().map(str::to_owned));
    }
    world
        .telegram
        .set_standing(yard.chat, yard.mari, yard.olga, Standing::Left);
    world.settle().await;
    cookies
}

fn check(route: Route, asker: Asker, answer: &Answer) {
    let case = format!("{route:?} for {asker:?}");
    assert_eq!(answer.status, status(route, asker), "{case}");
    let own = matches!(asker, Asker::Member | Asker::Manager);
    for secret in SECRETS {
        assert!(
            own || !answer.text.contains(secret),
            "{case} tells {secret}"
        );
    }
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("x-frame-options", "DENY"),
    ] {
        assert_eq!(answer.header(name), value, "{case}: {name}");
    }
    let policy = answer.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'; style-src 'self';"),
        "{case}"
    );
    assert!(policy.contains("frame-ancestors 'none'"), "{case}");
    assert!(!policy.contains("unsafe"), "{case}");
    let kept = match route {
        Route::Asset => "public, max-age=31536000, immutable",
        _ => "no-store",
    };
    assert_eq!(answer.header("cache-control"), kept, "{case}");
    assert!(
        !answer.text.contains("<script") && !answer.text.contains("style="),
        "{case}"
    );
}
