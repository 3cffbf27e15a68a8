"""What a rating means, from values alone: levels, scorecards, trends. No clock, session or setting."""
