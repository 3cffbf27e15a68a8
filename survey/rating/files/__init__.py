"""The sheets of the survey."""
