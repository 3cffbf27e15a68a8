"""Ratings at the counters of one-stop centres: counters, questionnaires, ratings and their figures."""
