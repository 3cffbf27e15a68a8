"""Queries for results."""
