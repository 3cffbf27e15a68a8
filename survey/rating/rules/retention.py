"""How long comments are kept."""

COMMENT_DAYS = 730
"""Two years: a comment is answered by then, and it may hold personal data. The counts stay."""
