"""Deeds with the files of a round."""
