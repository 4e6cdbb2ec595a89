//! The words themselves: Fluent files, one set a language, built into the program.
//!
//! Fluent knows the plural rules, so "1 minut, 2 minutit" and "1 минута, 2 минуты, 5 минут" are
//! written where translators look. What goes into a text is a [`Phrase`] or a number: plain
//! strings are not accepted, so nothing untrusted gets in without being made safe first.

use std::sync::LazyLock;

use actors::domain::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// The files of a language, by what they are about.
macro_rules! files {
    ($tag:literal) => {
        [
            include_str!(concat!("locales/", $tag, "/card.ftl")),
            include_str!(concat!("locales/", $tag, "/news.ftl")),
            include_str!(concat!("locales/", $tag, "/answers.ftl")),
            include_str!(concat!("locales/", $tag, "/settings.ftl")),
            include_str!(concat!("locales/", $tag, "/guide.ftl")),
            include_str!(concat!("locales/", $tag, "/triage.ftl")),
            include_str!(concat!("locales/", $tag, "/report.ftl")),
            include_str!(concat!("locales/", $tag, "/work.ftl")),
            include_str!(concat!("locales/", $tag, "/duty.ftl")),
            include_str!(concat!("locales/", $tag, "/requests.ftl")),
            include_str!(concat!("locales/", $tag, "/escalation.ftl")),
            include_str!(concat!("locales/", $tag, "/away.ftl")),
            include_str!(concat!("locales/", $tag, "/dashboard.ftl")),
        ]
    };
}

type Bundle = FluentBundle<FluentResource>;

static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::English));
static ESTONIAN: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::Estonian));
static RUSSIAN: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::Russian));

/// Text that is ready for its medium: the desk's own words, or outside text made safe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase(String);

impl Phrase {
    /// Text that is safe in its medium: made so by `markup`, joined from phrases, or made of
    /// nothing but digits and marks.
    pub(super) fn ready(text: String) -> Self {
        Self(text)
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn into_string(self) -> String {
        self.0
    }
}

/// What fills a place in a text.
#[derive(Debug, Clone)]
pub(super) enum Filling {
    Words(Phrase),
    Number(i64),
}

impl From<Phrase> for Filling {
    fn from(words: Phrase) -> Self {
        Self::Words(words)
    }
}

impl From<i64> for Filling {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

/// Named fillings.
pub(super) type Fillings<'a> = &'a [(&'static str, Filling)];

/// Says a text of the files. A text that a translation lacks is said in English; a mistake of the
/// files is logged, and people see the rest.
pub(super) fn say(language: Language, id: &str, fillings: Fillings<'_>) -> Phrase {
    // The tests prove by it that every text is said, and none is left over.
    #[cfg(test)]
    super::tests::ledger::note_use(language, id);
    let said = try_say(language, id, fillings)
        .or_else(|| try_say(Language::English, id, fillings))
        .unwrap_or_else(|| id.to_owned());
    Phrase(said)
}

fn try_say(language: Language, id: &str, fillings: Fillings<'_>) -> Option<String> {
    let bundle = bundle_of(language);
    let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
        report(language, id, "there is no such text");
        return None;
    };
    let mut args = FluentArgs::with_capacity(fillings.len());
    for (name, filling) in fillings {
        args.set(
            *name,
            match filling {
                Filling::Words(Phrase(words)) => FluentValue::from(words.as_str()),
                Filling::Number(number) => FluentValue::from(*number),
            },
        );
    }
    let mut mistakes: Vec<FluentError> = Vec::new();
    let said = bundle.format_pattern(pattern, Some(&args), &mut mistakes);
    for mistake in &mistakes {
        report(language, id, &mistake.to_string());
    }
    Some(said.into_owned())
}

fn report(language: Language, id: &str, mistake: &str) {
    #[cfg(test)]
    super::tests::ledger::note_mistake(language, id, mistake);
    tracing::error!(
        language = language.tag(),
        text = id,
        mistake,
        "a text is broken"
    );
}

fn bundle_of(language: Language) -> &'static Bundle {
    match language {
        Language::English => &ENGLISH,
        Language::Estonian => &ESTONIAN,
        Language::Russian => &RUSSIAN,
    }
}

/// The files of a language.
pub(super) fn sources(language: Language) -> [&'static str; 13] {
    match language {
        Language::English => files!("en"),
        Language::Estonian => files!("et"),
        Language::Russian => files!("ru"),
    }
}

fn bundle(language: Language) -> Bundle {
    let locale: LanguageIdentifier = language.tag().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![locale]);
    // Telegram shows the marks as boxes in places; outside text is isolated by `markup`.
    bundle.set_use_isolating(false);
    for source in sources(language) {
        let resource = match FluentResource::try_new(source.to_owned()) {
            Ok(resource) => resource,
            Err((readable, mistakes)) => {
                report(language, "-", &format!("{mistakes:?}"));
                readable
            }
        };
        if let Err(mistakes) = bundle.add_resource(resource) {
            report(language, "-", &format!("{mistakes:?}"));
        }
    }
    bundle
}
