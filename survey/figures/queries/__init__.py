"""Queries for figures."""
