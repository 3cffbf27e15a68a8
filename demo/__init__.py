"""One believable province to try everything on. Nothing imports it; every person in it is invented."""
