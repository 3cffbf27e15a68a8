"""Vietnamese words of boards."""
