"""Rules of boards, from values alone."""
