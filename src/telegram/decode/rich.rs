//! The words of a rich message (Bot API 10.1): a tree of blocks and styled texts, flattened to
//! lines, since a report is plain text.

use serde_json::Value;

/// The fields in which blocks and styled texts keep words, or more of the tree, in the order in
/// which they are read.
const BRANCHES: [&str; 10] = [
    "label",
    "summary",
    "text",
    "alternative_text",
    "expression",
    "blocks",
    "items",
    "cells",
    "caption",
    "credit",
];

/// The words of a rich message, a line for each block.
pub(super) fn flatten(message: &Value) -> String {
    let mut lines = String::new();
    append(message, &mut lines);
    lines.trim().to_owned()
}

fn append(value: &Value, to: &mut String) {
    match value {
        Value::String(words) => to.push_str(words),
        Value::Array(parts) => parts.iter().for_each(|part| append(part, to)),
        Value::Object(fields) => {
            for branch in BRANCHES.iter().filter_map(|name| fields.get(*name)) {
                append(branch, to);
            }
            if ends_line(value) && !to.ends_with('\n') {
                to.push('\n');
            } else if is_table_cell(value) {
                to.push(' ');
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Blocks stand in lines of their own; styled texts run on.
fn ends_line(value: &Value) -> bool {
    const BLOCKS: [&str; 14] = [
        "paragraph",
        "heading",
        "pre",
        "footer",
        "list",
        "blockquote",
        "pullquote",
        "table",
        "details",
        "photo",
        "video",
        "animation",
        "audio",
        "voice_note",
    ];
    value
        .get("type")
        .and_then(Value::as_str)
        .is_some_and(|kind| BLOCKS.contains(&kind))
        || value.get("blocks").is_some()
}

fn is_table_cell(value: &Value) -> bool {
    value.get("align").is_some()
}
