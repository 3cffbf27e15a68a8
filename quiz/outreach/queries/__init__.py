"""Queries for reaching people."""
