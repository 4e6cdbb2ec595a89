mod cards;
mod coverage;
mod fixture;
pub(super) mod ledger;
mod plurals;
mod reader;
mod untrusted;
mod verdicts;
