"""Attempts: begin, paper, submission, receipt, and the import of papers from sheets."""
