//! Toasts: who won, who lost, and why not.

use actors::domain::{Event, Language, Refusal};
use actors::inbound::{Answer, Verdict};
use chrono::Duration;

use super::super::{TOAST_LIMIT, toast};
use super::fixture::{World, already_claimed, at, refusals};

fn said(language: Language, answer: Answer) -> String {
    let verdict = World::new(language).verdict(answer);
    toast(&verdict, language, at(14, 25)).unwrap().text
}

#[test]
fn the_winner_is_told_whose_it_is() {
    let claimed = Answer::Accepted(Event::Claimed);
    assert_eq!(said(Language::English, claimed.clone()), "✋ 0042 is yours");
    assert_eq!(said(Language::Estonian, claimed.clone()), "✋ 0042 on sinu");
    assert_eq!(said(Language::Russian, claimed), "✋ 0042 ваша");
}

#[test]
fn a_loser_is_told_who_won_how_long_ago_and_what_to_do() {
    let lost = |milliseconds| {
        let ago = Duration::milliseconds(milliseconds);
        Answer::Refused(already_claimed(ago, true))
    };
    for (milliseconds, ago) in [
        (0, "0.1 s"),
        (430, "0.4 s"),
        (999, "0.9 s"),
        (12_400, "12 s"),
        (240_000, "4 min"),
        (7_500_000, "2 h 5 min"),
        (7_200_000, "2 h"),
        (180_000_000, "2 d 2 h"),
    ] {
        assert_eq!(
            said(Language::English, lost(milliseconds)),
            format!("0042 is already claimed by Mari, {ago} ago. You can Join.")
        );
    }
    assert_eq!(
        said(Language::Estonian, lost(430)),
        "0042 on juba võetud: Mari, 0,4 s tagasi. Vajuta „Tulen appi“."
    );
    assert_eq!(
        said(Language::Russian, lost(7_500_000)),
        "0042 уже занята: Mari, 2 ч 5 мин назад. Можно нажать «Помогу»."
    );
    let too_late = Answer::Refused(already_claimed(Duration::seconds(12), false));
    assert!(!said(Language::English, too_late).contains("Join"));
}

#[test]
fn what_the_chat_shows_itself_needs_no_toast() {
    for answer in [Answer::Silent, Answer::Shown] {
        assert_eq!(
            toast(&Verdict::plain(answer), Language::English, at(14, 25)),
            None
        );
    }
}

#[test]
fn only_what_must_be_read_has_to_be_dismissed() {
    let alert = |refusal| {
        let verdict = World::new(Language::English).verdict(Answer::Refused(refusal));
        toast(&verdict, Language::English, at(14, 25))
            .unwrap()
            .alert
    };
    assert!(!alert(already_claimed(Duration::seconds(1), true)));
    assert!(!alert(Refusal::AlreadyYours));
    assert!(!alert(Refusal::StaleCard));
    assert!(alert(Refusal::WorkersOnly));
    assert!(alert(Refusal::Trouble));
}

#[test]
fn every_refusal_says_more_than_no() {
    for language in Language::ALL {
        for refusal in refusals() {
            let text = said(language, Answer::Refused(refusal.clone()));
            assert!(text.split_whitespace().count() >= 3, "{refusal:?}: {text}");
        }
    }
}

#[test]
fn long_names_do_not_push_the_rest_out() {
    let world = World::hostile(Language::English, &"👩‍👩‍👧‍👧".repeat(500));
    let refusal = already_claimed(Duration::seconds(12), true);
    let verdict = world.verdict(Answer::Refused(refusal));
    let toast = toast(&verdict, Language::English, at(14, 25)).unwrap();
    assert!(toast.text.ends_with("You can Join."), "{}", toast.text);
    assert!(toast.text.encode_utf16().count() <= TOAST_LIMIT);
}

#[test]
fn a_toast_is_plain_text() {
    let world = World::hostile(Language::English, "<b>&co</b>");
    let refusal = already_claimed(Duration::seconds(12), true);
    let verdict = world.verdict(Answer::Refused(refusal));
    let toast = toast(&verdict, Language::English, at(14, 25)).unwrap();
    assert!(
        toast.text.contains("by <b>&co</\u{2060}b>"),
        "{}",
        toast.text
    );
}
