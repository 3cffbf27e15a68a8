"""How long a survey keeps what people wrote in their own words."""

COMMENT_DAYS = 730
"""Two years: a comment is answered by then, and somebody may have told of themselves in it. What was counted stays."""
