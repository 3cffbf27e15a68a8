"""The sheets that a contest reads."""
