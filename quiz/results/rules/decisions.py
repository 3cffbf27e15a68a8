"""The states of a cluster of a round's review."""

OPEN, KEPT, EXCLUDED = DECISIONS = ("open", "kept", "excluded")
