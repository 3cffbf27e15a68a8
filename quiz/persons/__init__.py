"""Participants as persons with rights over their data: their holder, erasure, retention, their own page."""
