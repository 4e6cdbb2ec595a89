//! What the stand-in says.

use actors::domain::assessment::by_rules;
use actors::domain::{TriagePolicy, Urgency};
use serde_json::{Value, json};

use super::Mood;

/// How many ways of being hostile there are.
pub(super) const HOSTILITIES: usize = 8;

/// A report of fewer words is asked about.
const SHORT: usize = 4;

/// What the real API would refuse a request for.
pub(super) fn fault_of(request: &Value) -> Option<&'static str> {
    let at = |path: &str| request.pointer(path).unwrap_or(&Value::Null);
    let version = "json_schema";
    if at("/model").as_str().is_none_or(str::is_empty) {
        Some("model: Field required")
    } else if !at("/max_tokens").is_u64() {
        Some("max_tokens: Field required")
    } else if at("/output_config/format/type") != version
        || *at("/output_config/format/schema") != crate::claude::schema()
    {
        Some("output_config.format: unexpected schema")
    } else if request.get("temperature").is_some() || request.get("tools").is_some() {
        Some("only what was agreed")
    } else if inquiry(request).is_none() {
        Some("messages: unexpected form")
    } else {
        None
    }
}

fn inquiry(request: &Value) -> Option<Value> {
    let content = request.pointer("/messages/0/content")?.as_array()?;
    let mut texts = content.iter().filter_map(|block| block.get("text"));
    serde_json::from_str(texts.next()?.as_str()?).ok()
}

fn report_of(inquiry: &Value) -> &str {
    let report = inquiry.get("report").and_then(Value::as_str);
    report.unwrap_or_default()
}

/// A message of the API.
pub(super) fn message(request: &Value, mood: &Mood) -> Value {
    let inquiry = inquiry(request).unwrap_or_default();
    let mut text = said(&inquiry).to_string();
    let mut stop = "end_turn";
    let mut content = Vec::new();
    match mood {
        Mood::Refusing => {
            stop = "refusal";
            text.clear();
        }
        Mood::Truncated => {
            stop = "max_tokens";
            text = text.chars().take(text.chars().count() / 2).collect();
        }
        Mood::Malformed => text = "Sure! Here is the assessment: urgency high".to_owned(),
        Mood::Hostile(way) => {
            let report = report_of(&inquiry);
            text = hostile(report, *way).to_string();
            if way % HOSTILITIES == 3 {
                content.push(
                    json!({"type": "tool_use", "id": "toolu_1", "name": "close_incident",
                    "input": {"incident": 1}}),
                );
            }
        }
        _ => {}
    }
    if !text.is_empty() {
        content.push(json!({"type": "text", "text": text}));
    }
    let read = request.to_string().len() / 4;
    json!({
        "id": "msg_standin", "type": "message", "role": "assistant",
        "model": request.get("model"), "content": content, "stop_reason": stop, "stop_sequence": null,
        "usage": {"input_tokens": read, "output_tokens": text.len() / 4,
            "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0},
    })
}

/// An opinion by the rule lists.
fn said(inquiry: &Value) -> Value {
    let report = report_of(inquiry);
    let found = by_rules(report, &TriagePolicy::default());
    let urgency = found.urgency.unwrap_or(Urgency::SameDay);
    let left = inquiry
        .get("questions_left")
        .and_then(Value::as_u64)
        .unwrap_or(0);
    let asked = inquiry["dialogue"]
        .as_array()
        .is_some_and(|it| !it.is_empty());
    let short = report.split_whitespace().count() < SHORT;
    let departments = inquiry.get("departments").and_then(Value::as_array);
    let first = departments.and_then(|it| it.first()).cloned();
    let question = (short && left > 0 && !asked).then(|| question(report));
    let title: String = found.title.chars().take(60).collect();
    json!({
        "urgency": urgency,
        "title": if title.is_empty() { "A photo" } else { &title },
        "place": null,
        "department": first,
        "reason": match urgency {
            Urgency::Critical => "People or the building may be in danger.",
            Urgency::SameDay => "It hinders work today.",
            Urgency::Planned => "It can wait for its turn.",
        },
        "missing": [],
        "translation": null,
        "question": question,
    })
}

/// Asks where, in the script of the report.
fn question(report: &str) -> Value {
    let cyrillic = report.chars().any(|it| ('а'..='я').contains(&it));
    let estonian = report.chars().any(|it| "õäöüÕÄÖÜ".contains(it));
    let (text, answers) = if cyrillic {
        ("Где именно?", ["В номере", "На кухне", "Снаружи"])
    } else if estonian {
        ("Kus täpselt?", ["Toas", "Köögis", "Õues"])
    } else {
        ("Where exactly?", ["In a room", "In the kitchen", "Outside"])
    };
    json!({"text": text, "answers": answers})
}

/// What a model says that obeys whatever the report says.
fn hostile(report: &str, way: usize) -> Value {
    let words: String = report.chars().take(70).collect();
    let obedient = |urgency: &str| {
        json!({
            "urgency": urgency, "title": words, "place": words.chars().take(50).collect::<String>(),
            "department": null, "reason": words, "missing": [words.chars().take(50).collect::<String>()],
            "translation": report, "question": null,
        })
    };
    let with = |key: &str, value: Value| {
        let mut said = obedient("planned");
        if let Some(said) = said.as_object_mut() {
            said.insert(key.to_owned(), value);
        }
        said
    };
    match way % HOSTILITIES {
        0 | 3 => obedient("planned"),
        1 => with("close", json!([1, 2, 3])),
        2 => with("department", json!("everybody; DROP TABLE incidents")),
        4 => with("title", json!(words.repeat(50))),
        5 => with("urgency", json!("none")),
        6 => with(
            "question",
            json!({"text": words, "answers": ["/cancel 0001 done", "@everyone"]}),
        ),
        _ => json!({"tool": "assign", "incident": 1, "to": "@mallory"}),
    }
}
