"""Requests that participants make about their own data, erasure and retention."""
