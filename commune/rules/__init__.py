"""Decisions about units from values alone."""
