"""The retention periods of comments and of the counts of senders."""

YEAR = 365
COMMENT_DAYS = 2 * YEAR
"""Two years, since comments are answered by then and may hold personal data. The counts stay."""
SENDER_DAYS = 14
"""Two weeks, in which a counter that is being stuffed is noticed, and a device is known again."""
