"""Rules decided from values alone."""
