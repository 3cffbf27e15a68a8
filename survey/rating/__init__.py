"""Ratings of any channel, and their release."""
