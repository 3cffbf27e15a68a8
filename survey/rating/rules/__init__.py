"""Rules of ratings, from values alone."""
