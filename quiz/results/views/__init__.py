"""The public pages of results."""
