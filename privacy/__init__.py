"""Persons' rights over their data: consents, requests with their legal days, correction, restriction, erasure."""
