"""Benchmarks behind the figures of the README: ratios measured side by side, medians, and tails of distributions; and
the pictures of every page. Each file here is a command; what they share is in `scenes`, `stage` and `load`.
"""
