pub(super) mod ledger;
