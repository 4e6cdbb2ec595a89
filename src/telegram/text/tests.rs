mod cards;
mod coverage;
mod fixture;
pub(super) mod ledger;
mod pages;
mod plurals;
mod reader;
mod untrusted;
mod verdicts;
