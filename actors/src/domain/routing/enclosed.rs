//! What people send with their words: the group sees and hears what was sent out of its sight.

use super::Router;
use crate::domain::id::PersonId;
use crate::domain::notice::{Audience, Class, PHOTOS_PER_MESSAGE, Says};
use crate::domain::report::{Photo, Recording, Report};

impl Router<'_> {
    /// What came with a private report is shown in the group, beside the card.
    pub(super) fn reported(&mut self, report: &Report) {
        if self.is_in_sight(report) {
            return;
        }
        for photos in report.photos.chunks(PHOTOS_PER_MESSAGE) {
            self.show(photos);
        }
        for recording in &report.recordings {
            self.play(recording, report.reporter);
        }
    }

    /// Who reports privately adds to the report there too. What others add the group sees where
    /// they say it.
    pub(super) fn photo_added(&mut self, photo: &Photo) {
        if self.is_added_out_of_sight() {
            self.show(std::slice::from_ref(photo));
        }
    }

    pub(super) fn recording_added(&mut self, recording: &Recording) {
        if self.is_added_out_of_sight() {
            let by = self.actor.unwrap_or(self.after.report.reporter);
            self.play(recording, by);
        }
    }

    fn is_in_sight(&self, report: &Report) -> bool {
        let origin = report.origin;
        origin.is_some_and(|origin| origin.chat == self.config.chat)
    }

    fn is_added_out_of_sight(&self) -> bool {
        let report = &self.after.report;
        // Who reported the same may have done so anywhere.
        let follows = |actor| self.after.followers.contains(&actor);
        self.actor.is_some_and(follows)
            || self.actor == Some(report.reporter) && !self.is_in_sight(report)
    }

    fn show(&mut self, photos: &[Photo]) {
        let photos = photos.to_vec();
        self.say(Audience::Group, Class::Page, Says::Photos { photos });
    }

    fn play(&mut self, recording: &Recording, by: PersonId) {
        let recording = recording.clone();
        let says = Says::Recording { recording, by };
        self.say(Audience::Group, Class::Page, says);
    }
}
