"""Counters of an office: their printed addresses, posters, rehearsals and closing."""
