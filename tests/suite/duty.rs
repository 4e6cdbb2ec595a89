//! Who is on duty is called, and who is not has peace.

use actors::domain::Roster;
use chrono::TimeDelta;
use deskbell::playground::{ChatId, MessageView, PersonId, Standing};

use crate::cast::Yard;
use crate::who_hears::mentions;
use crate::world::{World, conversations};

conversations! {
    only_who_is_on_duty_is_called
    where_nobody_is_on_duty_the_manager_hears_once
    what_is_critical_calls_everybody_when_nobody_is_on_duty
    who_says_so_is_off_duty_and_on_again
    a_word_holds_as_long_as_was_said
    a_schedule_is_set_by_words_by_a_reply_and_by_a_question
    what_is_no_schedule_is_said_so
    only_managers_set_schedules
    who_goes_takes_their_schedule_along
    duty_is_said_in_private_too
}

/// The yard, with Jaan and Olga in Maintenance. It is noon of a Monday.
async fn crew(world: &World) -> Yard {
    let yard = Yard::open(world).await;
    let crew = [yard.jaan, yard.olga];
    world.enrol(yard.chat, &crew, "Maintenance").await;
    yard
}

impl Yard {
    /// Mari writes; answers with what she is answered.
    async fn mari_says(&self, world: &World, words: &str) -> String {
        let asked = world.say(self.chat, self.mari, words).await;
        world.answer(self.chat, asked).text
    }

    /// Mari reports something to Maintenance.
    pub(crate) async fn mari_reports(&self, world: &World, words: &str) -> MessageView {
        let said = format!("/new_issue {words}");
        let asked = world.say(self.chat, self.mari, &said).await;
        let card = world.answer(self.chat, asked).id;
        world
            .press(self.mari, self.chat, card, "Choose department")
            .await;
        world.press(self.mari, self.chat, card, "Maintenance").await;
        world.telegram.message(self.chat, card).unwrap()
    }
}

/// Which of these people the newest message with these words calls.
fn called(world: &World, chat: ChatId, words: &str, people: &[PersonId]) -> Vec<PersonId> {
    let call = world.said(chat, words);
    let mut people = people.to_vec();
    people.retain(|person| mentions(&call, &[*person]) == 1);
    people
}

async fn roster(world: &World, yard: &Yard) -> Roster {
    world.config(yard.chat).await.roster
}

async fn only_who_is_on_duty_is_called(world: World) {
    let yard = crew(&world).await;
    let told = yard
        .mari_says(&world, "/duty @jaan Mon-Fri 08:00-16:00")
        .await;
    assert!(told.contains("Jaan works"), "{told}");
    assert!(told.contains("Maintenance: Mon–Fri 08:00–16:00"), "{told}");
    let crew = [yard.jaan, yard.olga];
    yard.mari_reports(&world, "The gate squeaks").await;
    assert_eq!(called(&world, yard.chat, "0001 is waiting", &crew), crew);
    world.pass(TimeDelta::hours(5)).await;
    yard.mari_reports(&world, "The gate jams").await;
    let on_duty = called(&world, yard.chat, "0002 is waiting", &crew);
    assert_eq!(on_duty, [yard.olga]);
    world.pass(TimeDelta::minutes(10)).await;
    let on_duty = called(&world, yard.chat, "nobody has claimed 0002", &crew);
    assert_eq!(on_duty, [yard.olga]);
    world.finish().await;
}

async fn where_nobody_is_on_duty_the_manager_hears_once(world: World) {
    let yard = crew(&world).await;
    let private = world.telegram.private(yard.mari);
    for person in [yard.jaan, yard.olga] {
        world.say(yard.chat, person, "/duty off").await;
    }
    yard.waiting(&world).await;
    let told = world.said(private, "Nobody in Maintenance can be called now");
    assert!(told.text.contains("Truck 14"), "{}", told.text);
    world.pass(TimeDelta::hours(1)).await;
    assert_eq!(world.times_said(private, "can be called now"), 1);
    for words in ["0001 is waiting", "nobody has claimed", "can be called now"] {
        assert_eq!(world.times_said(yard.chat, words), 0, "{words}");
    }
    world.finish().await;
}

async fn what_is_critical_calls_everybody_when_nobody_is_on_duty(world: World) {
    let yard = crew(&world).await;
    let crew = [yard.jaan, yard.olga];
    for person in crew {
        world.say(yard.chat, person, "/duty off").await;
    }
    let card = yard.mari_reports(&world, "The gate squeaks").await.id;
    world.press(yard.mari, yard.chat, card, "Urgency").await;
    world.press(yard.mari, yard.chat, card, "critical").await;
    world.pass(TimeDelta::minutes(10)).await;
    let called = called(&world, yard.chat, "others are called", &crew);
    assert_eq!(called, crew);
    world.finish().await;
}

async fn who_says_so_is_off_duty_and_on_again(world: World) {
    let yard = crew(&world).await;
    let crew = [yard.jaan, yard.olga];
    let asked = world.say(yard.chat, yard.jaan, "/duty").await;
    let page = world.answer(yard.chat, asked);
    assert!(
        page.text.contains("Maintenance: Olga, Jaan"),
        "{}",
        page.text
    );
    assert!(page.text.contains("Kitchen: nobody"), "{}", page.text);
    assert!(page.text.contains("Jaan is on duty"), "{}", page.text);
    let toast = world.press(yard.olga, yard.chat, page.id, "Off duty").await;
    assert!(toast.text.contains("for somebody else"), "{toast:?}");
    world.press(yard.jaan, yard.chat, page.id, "Off duty").await;
    let page = world.telegram.message(yard.chat, page.id).unwrap();
    assert!(page.text.contains("Maintenance: Olga"), "{}", page.text);
    assert!(page.text.contains("Jaan is off duty"), "{}", page.text);
    let toast = world.press(yard.jaan, yard.chat, page.id, "Off duty").await;
    assert!(toast.text.contains("so already"), "{toast:?}");
    yard.mari_reports(&world, "The gate squeaks").await;
    let on_duty = called(&world, yard.chat, "0001 is waiting", &crew);
    assert_eq!(on_duty, [yard.olga]);
    world.press(yard.jaan, yard.chat, page.id, "On duty").await;
    yard.mari_reports(&world, "The gate jams").await;
    assert_eq!(called(&world, yard.chat, "0002 is waiting", &crew), crew);
    world.finish().await;
}

async fn a_word_holds_as_long_as_was_said(world: World) {
    let yard = crew(&world).await;
    let crew = [yard.jaan, yard.olga];
    let asked = world
        .say(yard.chat, yard.jaan, "/duty off until 18:00")
        .await;
    let told = world.answer(yard.chat, asked).text;
    assert!(told.contains("Jaan is off duty until 18:00"), "{told}");
    let said = world.say(yard.chat, yard.olga, "When do I work?").await;
    world
        .reply(yard.chat, yard.mari, said, "/duty Mon-Fri 8-16")
        .await;
    let asked = world.say(yard.chat, yard.olga, "/duty off").await;
    let told = world.answer(yard.chat, asked).text;
    assert!(told.contains("Olga is off duty until 16:00"), "{told}");
    world.pass(TimeDelta::hours(7)).await;
    yard.mari_reports(&world, "The gate squeaks").await;
    let evening = called(&world, yard.chat, "0001 is waiting", &crew);
    assert_eq!(evening, [yard.jaan]);
    world.pass(TimeDelta::hours(14)).await;
    yard.mari_reports(&world, "The gate jams").await;
    assert_eq!(called(&world, yard.chat, "0002 is waiting", &crew), crew);
    world.finish().await;
}

async fn a_schedule_is_set_by_words_by_a_reply_and_by_a_question(world: World) {
    let yard = crew(&world).await;
    let (chat, mari) = (yard.chat, yard.mari);
    let said = world.say(chat, yard.olga, "When do I work?").await;
    let words = "/duty Maintenance: Mon-Tue 22-06, Sat 10-14";
    let asked = world.reply(chat, mari, said, words).await;
    let told = world.answer(chat, asked).text;
    let week = "Olga works\nMaintenance: Mon–Tue 22:00–06:00, Sat 10:00–14:00";
    assert!(told.contains(week), "{told}");
    let asked = world.say(chat, mari, "/departments").await;
    let panel = world.answer(chat, asked).id;
    world.press(mari, chat, panel, "Maintenance").await;
    world.press(mari, chat, panel, "Who works when").await;
    let prompt = world.said(chat, "who works when in Maintenance").id;
    let answer = world.reply(chat, mari, prompt, "@jaan E-R 8-16").await;
    let told = world.answer(chat, answer).text;
    assert!(told.contains("Mon–Fri 08:00–16:00"), "{told}");
    assert_eq!(roster(&world, &yard).await.schedules.len(), 2);
    let told = yard.mari_says(&world, "/duty @jaan none").await;
    assert!(told.contains("Maintenance: always"), "{told}");
    assert_eq!(roster(&world, &yard).await.schedules.len(), 1);
    world.finish().await;
}

async fn what_is_no_schedule_is_said_so(world: World) {
    let yard = crew(&world).await;
    for words in [
        "/duty @jaan sometimes",
        "/duty @jaan Mon",
        "/duty @jaan off",
        "/duty off until yesterday",
        "/duty on 1.1.2020",
    ] {
        let told = yard.mari_says(&world, words).await;
        assert!(told.contains("I cannot read that"), "{words}: {told}");
    }
    let told = yard.mari_says(&world, "/duty @jaan Kitchen Mon 8-16").await;
    assert!(told.contains("Jaan is not a member"), "{told}");
    let told = yard.mari_says(&world, "/duty @nobody Mon 8-16").await;
    assert!(told.contains("I do not know that person"), "{told}");
    assert_eq!(roster(&world, &yard).await, Roster::default());
    world.finish().await;
}

async fn only_managers_set_schedules(world: World) {
    let yard = crew(&world).await;
    for words in ["/duty @olga Mon 8-16", "/duty Mon 8-16", "/duty @olga none"] {
        let asked = world.say(yard.chat, yard.jaan, words).await;
        let told = world.answer(yard.chat, asked).text;
        assert!(told.contains("Only a manager"), "{words}: {told}");
    }
    assert_eq!(roster(&world, &yard).await, Roster::default());
    world.finish().await;
}

async fn who_goes_takes_their_schedule_along(world: World) {
    let yard = crew(&world).await;
    let olga = world.start(yard.olga).await;
    for words in ["/duty @jaan Mon-Fri 8-16", "/duty @olga Mon-Fri 8-16"] {
        // Olga has no username.
        world.say(yard.chat, yard.mari, words).await;
    }
    let said = world.say(yard.chat, yard.olga, "Here").await;
    world
        .reply(yard.chat, yard.mari, said, "/duty Mon 8-16")
        .await;
    for person in [yard.jaan, yard.olga] {
        world.say(yard.chat, person, "/duty off").await;
    }
    assert_eq!(roster(&world, &yard).await.schedules.len(), 2);
    let telegram = &world.telegram;
    telegram.set_standing(yard.chat, yard.mari, yard.jaan, Standing::Kicked);
    world.settle().await;
    assert_eq!(roster(&world, &yard).await.schedules.len(), 1);
    assert_eq!(roster(&world, &yard).await.overrides.len(), 1);
    world.say(olga, yard.olga, "/forget_me").await;
    let asked = world.said(olga, "Erase you?").id;
    world.press(yard.olga, olga, asked, "Yes").await;
    assert_eq!(roster(&world, &yard).await, Roster::default());
    world.finish().await;
}

async fn duty_is_said_in_private_too(world: World) {
    let yard = crew(&world).await;
    let jaan = world.start(yard.jaan).await;
    let mari = world.telegram.private(yard.mari);
    world.say(yard.chat, yard.mari, "/my").await;
    world.say(mari, yard.mari, "/duty @jaan Mon-Fri 8-16").await;
    world.said(mari, "Maintenance: Mon–Fri 08:00–16:00");
    world.say(jaan, yard.jaan, "/duty").await;
    let page = world.said(jaan, "On duty now");
    assert!(
        page.text.contains("Jaan is on duty until 16:00"),
        "{}",
        page.text
    );
    world.press(yard.jaan, jaan, page.id, "Off duty").await;
    let page = world.telegram.message(jaan, page.id).unwrap();
    assert!(
        page.text.contains("Jaan is off duty until 16:00"),
        "{}",
        page.text
    );
    world.finish().await;
}
