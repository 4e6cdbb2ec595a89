//! Text with entities, as Telegram keeps it.
//!
//! Offsets and lengths are in UTF-16 units, because Telegram's are: a desk that counts bytes or
//! characters must fail here as it would fail there.

mod detect;
mod html;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

pub(in crate::playground) use html::parse as parse_html;

/// What an entity does to the text it covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntityKind {
    /// `<b>`
    Bold,
    /// `<i>`
    Italic,
    /// `<u>`
    Underline,
    /// `<s>`
    Strikethrough,
    /// `<tg-spoiler>`
    Spoiler,
    /// `<blockquote>`
    Blockquote,
    /// `<blockquote expandable>`
    ExpandableBlockquote,
    /// `<code>`
    Code,
    /// `<pre>`, with the language of its `<code class="language-...">`.
    Pre(Option<String>),
    /// `<a href="...">`
    TextLink(String),
    /// `<a href="tg://user?id=...">`: a person, also one without a username.
    TextMention(i64),
    /// `/word`, found in the text.
    BotCommand,
    /// `@username`, found in the text.
    Mention,
    /// A plain web address, found in the text.
    Url,
    /// An e-mail address, found in the text.
    Email,
    /// `#word`, found in the text.
    Hashtag,
    /// `$WORD`, found in the text.
    Cashtag,
}

impl EntityKind {
    /// Telegram's name of this kind.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Bold => "bold",
            Self::Italic => "italic",
            Self::Underline => "underline",
            Self::Strikethrough => "strikethrough",
            Self::Spoiler => "spoiler",
            Self::Blockquote => "blockquote",
            Self::ExpandableBlockquote => "expandable_blockquote",
            Self::Code => "code",
            Self::Pre(_) => "pre",
            Self::TextLink(_) => "text_link",
            Self::TextMention(_) => "text_mention",
            Self::BotCommand => "bot_command",
            Self::Mention => "mention",
            Self::Url => "url",
            Self::Email => "email",
            Self::Hashtag => "hashtag",
            Self::Cashtag => "cashtag",
        }
    }
}

/// A stretch of text with a meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// What it does.
    pub kind: EntityKind,
    /// Where it begins, in UTF-16 units.
    pub offset: usize,
    /// How long it is, in UTF-16 units.
    pub length: usize,
}

/// A text and its entities.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Formatted {
    /// The text without any markup.
    pub text: String,
    /// Sorted by offset, the longer first.
    pub entities: Vec<Entity>,
}

/// An entity as a bot sends it in `entities` or `caption_entities`.
#[derive(Debug, Deserialize, Serialize)]
pub(in crate::playground) struct SentEntity {
    #[serde(rename = "type")]
    kind: String,
    offset: usize,
    length: usize,
    url: Option<String>,
    language: Option<String>,
    user: Option<SentUser>,
}

/// Of a mentioned user only the id counts.
#[derive(Debug, Deserialize, Serialize)]
struct SentUser {
    id: i64,
}

impl Formatted {
    /// A text as a person types it: commands, mentions and addresses are found by themselves.
    pub(in crate::playground) fn typed(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            entities: Vec::new(),
        }
        .finished()
    }

    /// A text with the entities a bot gave apart from it.
    pub(in crate::playground) fn with_entities(text: &str, sent: Vec<SentEntity>) -> Self {
        let entities = sent
            .into_iter()
            .filter_map(SentEntity::understood)
            .collect();
        Self {
            text: text.to_owned(),
            entities,
        }
        .finished()
    }

    /// Text in Telegram's HTML, as a bot sends it.
    ///
    /// # Errors
    /// What Telegram would say after "can't parse entities: ".
    pub fn from_html(source: &str) -> Result<Self, String> {
        html::parse(source)
    }

    /// Length as Telegram counts it.
    pub fn utf16_len(&self) -> usize {
        self.text.encode_utf16().count()
    }

    /// The piece of text under an entity.
    pub fn under(&self, entity: &Entity) -> String {
        let units: Vec<u16> = self
            .text
            .encode_utf16()
            .skip(entity.offset)
            .take(entity.length)
            .collect();
        String::from_utf16_lossy(&units)
    }

    /// Trims trailing blanks as Telegram does, finds what is found by itself, drops what is empty.
    fn finished(mut self) -> Self {
        let kept = self.text.trim_end().len();
        self.text.truncate(kept);
        let end = self.utf16_len();
        for entity in &mut self.entities {
            entity.length = entity.length.min(end.saturating_sub(entity.offset));
        }
        self.entities.retain(|entity| entity.length > 0);
        let found = detect::find(&self.text);
        let free: Vec<Entity> = found
            .into_iter()
            .filter(|one| !self.is_taken(one))
            .collect();
        self.entities.extend(free);
        self.entities
            .sort_by(|a, b| a.offset.cmp(&b.offset).then(b.length.cmp(&a.length)));
        self
    }

    /// Whether a stretch lies in code or in a link, where Telegram finds nothing by itself.
    fn is_taken(&self, candidate: &Entity) -> bool {
        self.entities.iter().any(|entity| {
            let apart = entity.offset + entity.length <= candidate.offset
                || candidate.offset + candidate.length <= entity.offset;
            !apart
                && matches!(
                    entity.kind,
                    EntityKind::Code
                        | EntityKind::Pre(_)
                        | EntityKind::TextLink(_)
                        | EntityKind::TextMention(_)
                )
        })
    }

    /// Entities as Telegram writes them; `user` draws the person of a mention.
    pub(in crate::playground) fn entities_json(&self, user: impl Fn(i64) -> Value) -> Value {
        let written = self.entities.iter().map(|entity| {
            let mut object = Map::new();
            object.insert("type".into(), json!(entity.kind.name()));
            object.insert("offset".into(), json!(entity.offset));
            object.insert("length".into(), json!(entity.length));
            match &entity.kind {
                EntityKind::TextLink(url) => object.insert("url".into(), json!(url)),
                EntityKind::TextMention(id) => object.insert("user".into(), user(*id)),
                EntityKind::Pre(Some(language)) => {
                    object.insert("language".into(), json!(language))
                }
                _ => None,
            };
            Value::Object(object)
        });
        Value::Array(written.collect())
    }
}

impl SentEntity {
    /// Kinds that Telegram finds by itself, or that the playground does not draw, are left out.
    fn understood(self) -> Option<Entity> {
        let kind = match self.kind.as_str() {
            "bold" => EntityKind::Bold,
            "italic" => EntityKind::Italic,
            "underline" => EntityKind::Underline,
            "strikethrough" => EntityKind::Strikethrough,
            "spoiler" => EntityKind::Spoiler,
            "blockquote" => EntityKind::Blockquote,
            "expandable_blockquote" => EntityKind::ExpandableBlockquote,
            "code" => EntityKind::Code,
            "pre" => EntityKind::Pre(self.language),
            "text_link" => EntityKind::TextLink(self.url?),
            "text_mention" => EntityKind::TextMention(self.user?.id),
            _ => return None,
        };
        Some(Entity {
            kind,
            offset: self.offset,
            length: self.length,
        })
    }
}
