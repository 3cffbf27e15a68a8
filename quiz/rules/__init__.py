"""What a contest decides from values alone: marking, counting, ranking, prizes. No clock, session or setting."""
