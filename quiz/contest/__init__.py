"""Contests, their rounds and rules, and the people who register for them."""
