"""The organiser's pages of results."""
