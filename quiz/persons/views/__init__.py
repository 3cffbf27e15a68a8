"""Participants' own pages: their data, and the unit that they enter for."""
