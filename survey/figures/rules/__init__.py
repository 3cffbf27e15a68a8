"""Rules of figures, from values alone."""
