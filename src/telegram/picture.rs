//! Photos that people sent, fetched to be looked at.

use std::time::Duration;

use actors::domain::Photo;
use actors::ports::{Picture, Pictures};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::client::Client;

/// How large a photo may be: Telegram makes photos smaller than this, and a model takes 5 MB.
const LARGEST: usize = 4 << 20;

/// How long fetching may take: the report goes on without it.
const PATIENCE: Duration = Duration::from_secs(8);

#[derive(Serialize)]
struct Wanted<'a> {
    file_id: &'a str,
}

#[derive(Deserialize)]
struct File {
    file_path: Option<String>,
    file_size: Option<usize>,
}

#[async_trait]
impl Pictures for Client {
    async fn picture(&self, photo: &Photo) -> Option<Picture> {
        let wanted = Wanted { file_id: &photo.0 };
        let file: File = match self.call("getFile", &wanted, PATIENCE).await {
            Ok(file) => file,
            Err(error) => {
                tracing::info!(%error, "a photo cannot be had; the report is looked at without it");
                return None;
            }
        };
        if file.file_size.is_some_and(|size| size > LARGEST) {
            return None;
        }
        let bytes = self.download(&file.file_path?, LARGEST, PATIENCE).await?;
        let media_type = media_type(&bytes)?;
        Some(Picture { media_type, bytes })
    }
}

/// What kind of image it is, by its first bytes: names are other people's words.
fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some("image/webp"),
        _ => None,
    }
}
