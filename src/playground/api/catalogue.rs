//! Which methods the playground speaks, and which parameters each of them has (Bot API 10.1).
//!
//! Telegram ignores parameters it does not know, so a misspelt one would go unseen; the playground
//! writes it down as a violation.

/// A method: its name, what it must be given, and what it may be given.
pub(super) struct Entry {
    pub(super) name: &'static str,
    pub(super) required: &'static [&'static str],
    pub(super) optional: &'static [&'static str],
}

/// Method names are read without regard to case, as Telegram does.
pub(super) fn find(method: &str) -> Option<&'static Entry> {
    METHODS
        .iter()
        .find(|entry| entry.name.eq_ignore_ascii_case(method))
}

const METHODS: &[Entry] = &[
    Entry {
        name: "getMe",
        required: &[],
        optional: &[],
    },
    Entry {
        name: "getUpdates",
        required: &[],
        optional: &["offset", "limit", "timeout", "allowed_updates"],
    },
    Entry {
        name: "setWebhook",
        required: &["url"],
        optional: &[
            "certificate",
            "ip_address",
            "max_connections",
            "allowed_updates",
            "drop_pending_updates",
            "secret_token",
        ],
    },
    Entry {
        name: "deleteWebhook",
        required: &[],
        optional: &["drop_pending_updates"],
    },
    Entry {
        name: "getWebhookInfo",
        required: &[],
        optional: &[],
    },
    Entry {
        name: "sendMessage",
        required: &["chat_id", "text"],
        optional: &[
            "business_connection_id",
            "message_thread_id",
            "direct_messages_topic_id",
            "parse_mode",
            "entities",
            "link_preview_options",
            "disable_notification",
            "protect_content",
            "allow_paid_broadcast",
            "message_effect_id",
            "suggested_post_parameters",
            "reply_parameters",
            "reply_markup",
        ],
    },
    Entry {
        name: "sendPhoto",
        required: &["chat_id", "photo"],
        optional: &[
            "business_connection_id",
            "message_thread_id",
            "direct_messages_topic_id",
            "caption",
            "parse_mode",
            "caption_entities",
            "show_caption_above_media",
            "has_spoiler",
            "disable_notification",
            "protect_content",
            "allow_paid_broadcast",
            "message_effect_id",
            "suggested_post_parameters",
            "reply_parameters",
            "reply_markup",
        ],
    },
    Entry {
        name: "sendMediaGroup",
        required: &["chat_id", "media"],
        optional: &[
            "business_connection_id",
            "message_thread_id",
            "direct_messages_topic_id",
            "disable_notification",
            "protect_content",
            "allow_paid_broadcast",
            "message_effect_id",
            "reply_parameters",
        ],
    },
    Entry {
        name: "sendDocument",
        required: &["chat_id", "document"],
        optional: &[
            "business_connection_id",
            "message_thread_id",
            "direct_messages_topic_id",
            "thumbnail",
            "caption",
            "parse_mode",
            "caption_entities",
            "disable_content_type_detection",
            "disable_notification",
            "protect_content",
            "allow_paid_broadcast",
            "message_effect_id",
            "suggested_post_parameters",
            "reply_parameters",
            "reply_markup",
        ],
    },
    Entry {
        name: "sendChatAction",
        required: &["chat_id", "action"],
        optional: &["business_connection_id", "message_thread_id"],
    },
    Entry {
        name: "copyMessage",
        required: &["chat_id", "from_chat_id", "message_id"],
        optional: &[
            "message_thread_id",
            "direct_messages_topic_id",
            "video_start_timestamp",
            "caption",
            "parse_mode",
            "caption_entities",
            "show_caption_above_media",
            "disable_notification",
            "protect_content",
            "allow_paid_broadcast",
            "message_effect_id",
            "suggested_post_parameters",
            "reply_parameters",
            "reply_markup",
        ],
    },
    Entry {
        name: "forwardMessage",
        required: &["chat_id", "from_chat_id", "message_id"],
        optional: &[
            "message_thread_id",
            "direct_messages_topic_id",
            "video_start_timestamp",
            "disable_notification",
            "protect_content",
            "message_effect_id",
            "suggested_post_parameters",
        ],
    },
    Entry {
        name: "editMessageText",
        required: &[],
        optional: &[
            "business_connection_id",
            "chat_id",
            "message_id",
            "inline_message_id",
            "text",
            "parse_mode",
            "entities",
            "link_preview_options",
            "rich_message",
            "reply_markup",
        ],
    },
    Entry {
        name: "editMessageCaption",
        required: &[],
        optional: &[
            "business_connection_id",
            "chat_id",
            "message_id",
            "inline_message_id",
            "caption",
            "parse_mode",
            "caption_entities",
            "show_caption_above_media",
            "reply_markup",
        ],
    },
    Entry {
        name: "editMessageReplyMarkup",
        required: &[],
        optional: &[
            "business_connection_id",
            "chat_id",
            "message_id",
            "inline_message_id",
            "reply_markup",
        ],
    },
    Entry {
        name: "editMessageMedia",
        required: &["media"],
        optional: &[
            "business_connection_id",
            "chat_id",
            "message_id",
            "inline_message_id",
            "reply_markup",
        ],
    },
    Entry {
        name: "deleteMessage",
        required: &["chat_id", "message_id"],
        optional: &[],
    },
    Entry {
        name: "deleteMessages",
        required: &["chat_id", "message_ids"],
        optional: &[],
    },
    Entry {
        name: "pinChatMessage",
        required: &["chat_id", "message_id"],
        optional: &["business_connection_id", "disable_notification"],
    },
    Entry {
        name: "unpinChatMessage",
        required: &["chat_id"],
        optional: &["business_connection_id", "message_id"],
    },
    Entry {
        name: "unpinAllChatMessages",
        required: &["chat_id"],
        optional: &[],
    },
    Entry {
        name: "answerCallbackQuery",
        required: &["callback_query_id"],
        optional: &["text", "show_alert", "url", "cache_time"],
    },
    Entry {
        name: "getChat",
        required: &["chat_id"],
        optional: &[],
    },
    Entry {
        name: "getChatMember",
        required: &["chat_id", "user_id"],
        optional: &[],
    },
    Entry {
        name: "getChatMemberCount",
        required: &["chat_id"],
        optional: &[],
    },
    Entry {
        name: "getChatAdministrators",
        required: &["chat_id"],
        optional: &["return_bots"],
    },
    Entry {
        name: "leaveChat",
        required: &["chat_id"],
        optional: &[],
    },
    Entry {
        name: "setMessageReaction",
        required: &["chat_id", "message_id"],
        optional: &["reaction", "is_big"],
    },
    Entry {
        name: "getFile",
        required: &["file_id"],
        optional: &[],
    },
    Entry {
        name: "setMyCommands",
        required: &["commands"],
        optional: &["scope", "language_code"],
    },
    Entry {
        name: "getMyCommands",
        required: &[],
        optional: &["scope", "language_code"],
    },
    Entry {
        name: "deleteMyCommands",
        required: &[],
        optional: &["scope", "language_code"],
    },
    Entry {
        name: "setMyName",
        required: &[],
        optional: &["name", "language_code"],
    },
    Entry {
        name: "getMyName",
        required: &[],
        optional: &["language_code"],
    },
    Entry {
        name: "setMyDescription",
        required: &[],
        optional: &["description", "language_code"],
    },
    Entry {
        name: "getMyDescription",
        required: &[],
        optional: &["language_code"],
    },
    Entry {
        name: "setMyShortDescription",
        required: &[],
        optional: &["short_description", "language_code"],
    },
    Entry {
        name: "getMyShortDescription",
        required: &[],
        optional: &["language_code"],
    },
    Entry {
        name: "logOut",
        required: &[],
        optional: &[],
    },
    Entry {
        name: "close",
        required: &[],
        optional: &[],
    },
];
