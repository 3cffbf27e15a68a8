"""Queries for offices and counters."""
