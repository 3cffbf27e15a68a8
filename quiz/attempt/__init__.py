"""Attempts: begin, paper, submission, receipt, and the sheets that bring papers in."""
