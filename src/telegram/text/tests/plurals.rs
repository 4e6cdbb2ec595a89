//! Numbers agree with their words in every language.

use actors::domain::Language;

use super::super::wording::say;

fn said(language: Language, id: &str, name: &'static str, numbers: [i64; 5]) -> [String; 5] {
    numbers.map(|number| say(language, id, &[(name, number.into())]).into_string())
}

#[test]
fn english() {
    assert_eq!(
        said(Language::English, "card-photos", "count", [1, 2, 5, 11, 21]),
        [
            "📷 1 photo",
            "📷 2 photos",
            "📷 5 photos",
            "📷 11 photos",
            "📷 21 photos"
        ]
    );
}

#[test]
fn estonian() {
    assert_eq!(
        said(
            Language::Estonian,
            "card-photos",
            "count",
            [1, 2, 5, 11, 21]
        ),
        [
            "📷 1 foto",
            "📷 2 fotot",
            "📷 5 fotot",
            "📷 11 fotot",
            "📷 21 fotot"
        ]
    );
    assert_eq!(
        said(
            Language::Estonian,
            "card-reopened",
            "count",
            [1, 2, 5, 11, 21]
        ),
        [
            "♻️ uuesti avatud 1 kord",
            "♻️ uuesti avatud 2 korda",
            "♻️ uuesti avatud 5 korda",
            "♻️ uuesti avatud 11 korda",
            "♻️ uuesti avatud 21 korda",
        ]
    );
}

#[test]
fn russian() {
    assert_eq!(
        said(
            Language::Russian,
            "card-reopened",
            "count",
            [1, 2, 5, 11, 21]
        ),
        [
            "♻️ открыта снова 1 раз",
            "♻️ открыта снова 2 раза",
            "♻️ открыта снова 5 раз",
            "♻️ открыта снова 11 раз",
            "♻️ открыта снова 21 раз",
        ]
    );
    let time = say(Language::English, "photo-only", &[]);
    let left = [1, 2, 5, 11, 21].map(|minutes| {
        let fillings = [
            ("minutes", i64::into(minutes)),
            ("time", time.clone().into()),
        ];
        let said = say(Language::Russian, "prompt-time-left", &fillings).into_string();
        said.split(',').next().unwrap_or_default().to_owned()
    });
    assert_eq!(
        left,
        [
            "⏳ Осталась 1 минута",
            "⏳ Осталось 2 минуты",
            "⏳ Осталось 5 минут",
            "⏳ Осталось 11 минут",
            "⏳ Осталась 21 минута",
        ]
    );
}
