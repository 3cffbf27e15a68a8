"""Queries for attempts and papers."""
