"""The forms of results."""
