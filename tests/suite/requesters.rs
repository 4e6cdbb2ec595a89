//! Requesters: they write to the desk as to a colleague, and are told what becomes of it.

mod alike;
mod codes;
mod home;
mod places;
mod recordings;
mod told;
