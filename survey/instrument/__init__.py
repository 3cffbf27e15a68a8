"""Questionnaires of the counters as data, one row per version."""
