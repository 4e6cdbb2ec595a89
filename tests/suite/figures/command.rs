//! `deskbell report`, while the desk runs.

use std::path::PathBuf;

use clap::Parser;
use deskbell::app::report;
use deskbell::cli::ReportOptions;
use deskbell::config::Database;
use secrecy::SecretString;

use crate::cast::Yard;
use crate::world::{World, conversations};

conversations! {
    a_report_is_made_on_the_command_line
}

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    options: ReportOptions,
}

async fn made(world: &World, line: &str) -> Result<Vec<u8>, String> {
    let database = match world.database_url().strip_prefix("sqlite:") {
        Some(path) => Database::Sqlite(PathBuf::from(path)),
        None => Database::Postgres(SecretString::from(world.database_url().to_owned())),
    };
    let words = std::iter::once("report").chain(line.split_whitespace());
    let options = Line::try_parse_from(words).unwrap().options;
    let made = report(&options, &database, world.telegram.now()).await;
    made.map_err(|exit| exit.explain())
}

pub(crate) async fn told(world: &World, line: &str) -> String {
    String::from_utf8(made(world, line).await.unwrap()).unwrap()
}

async fn a_report_is_made_on_the_command_line(world: World) {
    let yard = Yard::open(&world).await;
    yard.claimed(&world).await;
    let text = told(&world, "day").await;
    for line in ["Created 1 · closed 0", "Response: from", "Jaan: claimed 1"] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(!text.contains("<b>"), "{text}");
    let table = told(&world, "month --format csv --group 1").await;
    assert_eq!(table.lines().count(), 2, "{table}");
    let range = "--from 2026-01-01 --to 2027-12-31 --format svg";
    assert!(told(&world, range).await.starts_with("<svg"));
    let picture = made(&world, "week --format png").await.unwrap();
    assert!(picture.starts_with(b"\x89PNG"));
    let book = made(&world, "day --format xlsx").await.unwrap();
    assert!(book.starts_with(b"PK"));
    let said = made(&world, "--group Elsewhere").await.unwrap_err();
    assert!(said.contains("Northgate Yard (company 1)"), "{said}");
    // A second group: which one has to be said, or that all of a company are meant.
    world.group("Southgate Yard", &[yard.mari]).await;
    let said = made(&world, "day").await.unwrap_err();
    assert!(
        said.contains("--group") && said.contains("Southgate"),
        "{said}"
    );
    let all = told(&world, "day --company 1").await;
    assert!(all.contains("Created 1 · closed 0"), "{all}");
    let other = told(&world, "day --group 2").await;
    assert!(other.contains("Nothing was raised"), "{other}");
    // Whoever only looks is in nobody's way.
    yard.waiting(&world).await;
    assert!(told(&world, "day --group 1").await.contains("Created 2"));
    world.finish().await;
}
