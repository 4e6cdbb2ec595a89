//! The desk from outside. This list of modules is the table of contents.

mod databases;
mod store;
