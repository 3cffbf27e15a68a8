"""Queries of consents, of requests, and of everything that is held about a person."""
