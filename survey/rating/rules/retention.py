"""The retention period of comments."""

COMMENT_DAYS = 730
"""Two years, since comments are answered by then and may hold personal data. The counts stay."""
