"""Scorecards and trends, and the public pages that show them."""
