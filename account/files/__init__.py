"""Exports of the account room."""
