"""Figures as tables to take away."""
