"""Queries of participants and their data, for the desk of persons' rights."""
