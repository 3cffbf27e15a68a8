"""The retention period of requests."""

REQUEST_DAYS = 30
"""Days that the asker's name and phone are kept after the answer."""
