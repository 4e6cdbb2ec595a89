//! What triage found, what it asks, and how a group sets it.

use actors::domain::triage::word_mark;
use actors::domain::{Hazard, Incident, Question, Rater, TriageMode};
use actors::inbound::{Button, Change, Verb};

use super::card;
use super::page::Page;
use super::scene::Scene;
use super::wording::{Filling, Phrase};

/// How much of a title, a place and a reason is shown, in UTF-16 units: what the desk accepts.
const TITLE_LIMIT: usize = 80;
const PLACE_LIMIT: usize = 60;
const REASON_LIMIT: usize = 160;

/// How much of a question is shown, and of an answer on a button, in UTF-16 units.
const QUESTION_LIMIT: usize = 200;
const ANSWER_LIMIT: usize = 40;

/// How much of a translation its card shows, in UTF-16 units: the original stands there too.
const TRANSLATION_LIMIT: usize = 900;

/// What a card says of what triage found, above the report.
pub(super) fn findings(scene: &Scene<'_>, incident: &Incident, page: &mut Page) {
    let Some(found) = &incident.triage.assessment else {
        return;
    };
    if found.by == Rater::Model {
        let title = ("title", scene.voice.line(&found.title, TITLE_LIMIT).into());
        page.line(match &found.place {
            Some(place) => {
                let place = ("place", scene.voice.line(place, PLACE_LIMIT).into());
                scene.say("triage-title-and-place", &[title, place])
            }
            None => scene.say("triage-title", &[title]),
        });
    }
    match (incident.triage.rated_by, found.hazard) {
        (Some(Rater::Rules), Some(hazard)) => {
            let hazard = ("hazard", hazard_name(scene, hazard).into());
            page.line(scene.say("rated-by-rule-hazard", &[hazard]));
        }
        (Some(Rater::Rules), None) => {
            page.line(scene.say("rated-by-rule", &[]));
        }
        (Some(Rater::Model), _) => {
            let reason = scene.voice.line(&found.reason, REASON_LIMIT);
            page.line(scene.say("rated-by-model", &[("reason", reason.into())]));
        }
        (Some(Rater::Person) | None, _) => {}
    }
    if !found.missing.is_empty() {
        let missing = found.missing.iter();
        let missing: Vec<Phrase> = missing
            .map(|it| scene.voice.line(it, PLACE_LIMIT))
            .collect();
        let missing = scene.voice.series(&missing);
        page.line(scene.say("triage-missing", &[("missing", missing.into())]));
    }
}

/// The report in the group's language, below the original.
pub(super) fn translation(scene: &Scene<'_>, incident: &Incident, page: &mut Page) {
    let found = incident.triage.assessment.as_ref();
    if let Some(translation) = found.and_then(|it| it.translation.as_deref()) {
        page.line(scene.say("triage-translation", &[]));
        page.quote(&scene.voice, translation, TRANSLATION_LIMIT);
    }
}

/// What the reporter is asked: likely answers as buttons, and a way out.
pub(super) fn question(scene: &Scene<'_>, asked: Phrase, question: &Question) -> Page {
    let mut page = Page::of(asked);
    page.line(scene.voice.line(&question.text, QUESTION_LIMIT));
    page.line(scene.say("question-how", &[]));
    let Some(incident) = scene.incident else {
        return page;
    };
    let button = |verb| Button::Card {
        incident: incident.identity.id,
        edition: incident.edition,
        verb,
    };
    let answers = (0_u8..).zip(&question.answers);
    let answers = answers.map(|(at, answer)| {
        let label = scene.voice.plain().given_name(answer, ANSWER_LIMIT);
        scene.labelled(&label, button(Verb::Answer(at)))
    });
    page.rows(answers.collect(), 2);
    page.row([card::verb_key(scene, incident, "button-skip", Verb::Skip)]);
    page
}

/// Nothing more is asked.
pub(super) fn questions_over(scene: &Scene<'_>) -> Page {
    let number = ("number", Filling::from(scene.subject()));
    let mut page = Page::of(scene.say("questions-over", &[number]));
    page.row(scene.card_key());
    page
}

/// How a group's reports are looked through, for its people to read.
pub(super) fn privacy(scene: &Scene<'_>) -> Phrase {
    match scene.group.map(|group| group.settings.triage.mode) {
        None => scene.say("privacy-triage", &[]),
        Some(TriageMode::Off) => scene.say("privacy-triage-off", &[]),
        Some(TriageMode::Rules) => scene.say("privacy-triage-rules", &[]),
        Some(TriageMode::Claude) => scene.say("privacy-triage-claude", &[]),
    }
}

/// A hazard by name.
fn hazard_name(scene: &Scene<'_>, hazard: Hazard) -> Phrase {
    let id = match hazard {
        Hazard::Fire => "hazard-fire",
        Hazard::Smoke => "hazard-smoke",
        Hazard::Gas => "hazard-gas",
        Hazard::Flood => "hazard-flood",
        Hazard::PersonStuck => "hazard-person-stuck",
        Hazard::PersonHurt => "hazard-person-hurt",
        Hazard::NoPower => "hazard-no-power",
        Hazard::LiveWire => "hazard-live-wire",
        Hazard::OwnWord => "hazard-own-word",
    };
    scene.say(id, &[])
}

/// The page on which a group sets triage.
pub(super) fn panel(scene: &Scene<'_>, back: super::Key) -> Page {
    let Some(group) = scene.group else {
        return scene.say("settings-unavailable", &[]).into();
    };
    let policy = &group.settings.triage;
    let button = |change| Button::Configure {
        group: group.id,
        change,
    };
    let mut page = Page::of(scene.say("panel-triage", &[]));
    page.line(privacy(scene));
    page.line(scene.say("panel-triage-critical", &[]));
    page.row(TriageMode::ALL.map(|mode| {
        let label = match mode {
            TriageMode::Off => "button-triage-off",
            TriageMode::Rules => "button-triage-rules",
            TriageMode::Claude => "button-triage-claude",
        };
        let present = policy.mode == mode;
        let change = button(Change::TriageMode(mode));
        scene.choice(scene.say(label, &[]), present, change)
    }));
    page.row([false, true].map(|chosen| {
        let label = if chosen {
            "button-department-chosen"
        } else {
            "button-department-suggested"
        };
        let present = policy.choose_department == chosen;
        let change = button(Change::ChooseDepartment(chosen));
        scene.choice(scene.say(label, &[]), present, change)
    }));
    let hazards = (0_u8..).zip(Hazard::LISTED).map(|(index, hazard)| {
        let critical = !policy.ignored.contains(&hazard);
        let change = Change::Hazard {
            index,
            critical: !critical,
        };
        scene.choice(hazard_name(scene, hazard), critical, button(change))
    });
    page.rows(hazards.collect(), 2);
    let own = policy.own_words.iter().map(|word| {
        let name = scene.voice.plain().given_name(word, ANSWER_LIMIT);
        let label = scene.say("button-drop-word", &[("word", name.into())]);
        scene.labelled(&label, button(Change::DropCriticalWord(word_mark(word))))
    });
    page.rows(own.collect(), 2);
    page.row([scene.key("button-add-word", button(Change::AskCriticalWord))]);
    page.row([back]);
    page
}
