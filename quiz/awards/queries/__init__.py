"""Queries for the files of a round and of a contest."""
