"""The organiser's pages that reach people."""
