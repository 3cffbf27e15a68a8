"""Rules of accounts, from values alone."""
