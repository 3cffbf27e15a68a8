"""Contests, their rounds and rules, and the registration of participants."""
