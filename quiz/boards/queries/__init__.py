"""Queries for boards."""
