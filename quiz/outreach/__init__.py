"""Reach the people of a contest: who has not taken part, messages to those who agreed to be written to."""
