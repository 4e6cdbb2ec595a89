//! Files that people and the bot have sent.

use std::collections::BTreeMap;

/// Files kept at once, so that a demo left running stays small; the oldest go first.
const FILES_KEPT: usize = 300;
/// Longest edges of the sizes Telegram makes of a photo.
const PHOTO_EDGES: [u32; 3] = [90, 320, 800];
/// What a picture measures when its header does not say.
const UNKNOWN_SIZE: (u32, u32) = (800, 600);

/// A stored file.
#[derive(Debug, Clone)]
pub(in crate::playground) struct StoredFile {
    pub(in crate::playground) name: String,
    pub(in crate::playground) media_type: String,
    pub(in crate::playground) bytes: Vec<u8>,
}

impl StoredFile {
    /// The ending of its path, by which clients tell what it is.
    pub(in crate::playground) fn ending(&self) -> &str {
        match self.media_type.as_str() {
            "image/png" => "png",
            "image/jpeg" => "jpg",
            _ => self
                .name
                .rsplit_once('.')
                .map_or("bin", |(_, ending)| ending),
        }
    }
}

/// A photo: one picture in several sizes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The id of the stored file; each size has an id of its own made from it.
    pub(in crate::playground) file: String,
    /// Pixels across, of the largest size.
    pub width: u32,
    /// Pixels down, of the largest size.
    pub height: u32,
}

/// One size of a photo.
pub(in crate::playground) struct PhotoSize {
    pub(in crate::playground) file_id: String,
    pub(in crate::playground) width: u32,
    pub(in crate::playground) height: u32,
}

impl Picture {
    /// The sizes Telegram offers, the largest last.
    pub(in crate::playground) fn sizes(&self) -> Vec<PhotoSize> {
        let longest = self.width.max(self.height).max(1);
        let mut sizes: Vec<PhotoSize> = PHOTO_EDGES
            .iter()
            .filter(|edge| **edge < longest)
            .map(|edge| PhotoSize {
                file_id: format!("{}-{edge}", self.file),
                width: (self.width * edge / longest).max(1),
                height: (self.height * edge / longest).max(1),
            })
            .collect();
        let file_id = format!("{}-full", self.file);
        sizes.push(PhotoSize {
            file_id,
            width: self.width,
            height: self.height,
        });
        sizes
    }
}

/// All files, by id.
#[derive(Default)]
pub(in crate::playground) struct Files {
    stored: BTreeMap<String, StoredFile>,
    count: u64,
}

impl Files {
    /// Keeps a file and names it.
    pub(in crate::playground) fn keep(&mut self, file: StoredFile) -> String {
        self.count += 1;
        let id = format!("AgACAgQAAx{:08}", self.count);
        self.stored.insert(id.clone(), file);
        while self.stored.len() > FILES_KEPT {
            self.stored.pop_first();
        }
        id
    }

    /// Keeps a photo.
    pub(in crate::playground) fn keep_picture(&mut self, file: StoredFile) -> Picture {
        let (width, height) = png_size(&file.bytes).unwrap_or(UNKNOWN_SIZE);
        Picture {
            file: self.keep(file),
            width,
            height,
        }
    }

    /// The file behind an id, also behind the id of one photo size.
    pub(in crate::playground) fn find(&self, id: &str) -> Option<(&str, &StoredFile)> {
        let base = id.split(['-', '.']).next().unwrap_or(id);
        self.stored
            .get_key_value(base)
            .map(|(id, file)| (id.as_str(), file))
    }

    /// The picture behind a `file_id`.
    pub(in crate::playground) fn picture(&self, id: &str) -> Option<Picture> {
        let (file, stored) = self.find(id)?;
        let (width, height) = png_size(&stored.bytes).unwrap_or(UNKNOWN_SIZE);
        Some(Picture {
            file: file.to_owned(),
            width,
            height,
        })
    }
}

/// Width and height from a PNG header.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let number = |from: usize| {
        let four: [u8; 4] = header.get(from..from + 4)?.try_into().ok()?;
        Some(u32::from_be_bytes(four))
    };
    // After the signature: chunk length, "IHDR", width, height.
    Some((number(8)?, number(12)?))
}
