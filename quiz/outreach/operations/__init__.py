"""Deeds that reach people."""
