//! The desk from outside. This list of modules is the table of contents.

mod claim_desk;
mod databases;
mod store;
mod world;
