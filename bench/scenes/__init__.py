"""Scenes of every page, drawn by `bench.pictures`: one page in one state, and the way to it."""
