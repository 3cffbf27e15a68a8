"""Rules of questionnaires, from values alone."""
