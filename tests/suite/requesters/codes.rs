//! Pictures of codes from the command line, while the desk runs.

use std::path::PathBuf;

use deskbell::app::{QrOptions, print_codes};
use deskbell::config::Database;
use secrecy::SecretString;

use crate::world::{World, conversations};
use crate::yard::Yard;

conversations! {
    all_codes_are_printed_while_the_desk_runs
}

fn database(url: &str) -> Database {
    match url.strip_prefix("sqlite:") {
        Some(path) => Database::Sqlite(PathBuf::from(path)),
        None => Database::Postgres(SecretString::from(url.to_owned())),
    }
}

async fn all_codes_are_printed_while_the_desk_runs(world: World) {
    let folder = tempfile::tempdir().unwrap();
    let options = QrOptions {
        file: None,
        group: None,
        out: folder.path().to_owned(),
        svg: true,
        bot: None,
    };
    let database = database(world.database_url());
    let told = print_codes(&options, &database, "desk_bot").await.unwrap();
    assert!(told.contains("No place has a code yet"), "{told}");
    let yard = Yard::new(&world).await;
    world.say(yard.chat, yard.mari, "/qr Room 1\nRoom 2").await;
    let told = print_codes(&options, &database, "@desk_bot").await.unwrap();
    assert_eq!(told.lines().count(), 2, "{told}");
    for line in told.lines() {
        let svg = std::fs::read_to_string(line).unwrap();
        assert!(svg.contains("Room "), "{line}");
    }
    let known = deskbell::store::places(world.database_url()).await.unwrap();
    assert_eq!(known[0].1, "Northgate Yard");
    // Whoever only looks is in nobody's way.
    world
        .say(yard.chat, yard.mari, "/new_issue The tap leaks")
        .await;
    world.card(yard.chat, "0001");
    world.finish().await;
}
