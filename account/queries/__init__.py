"""Queries for accounts: `find_` returns None where there is nothing, lists have a fixed order."""
