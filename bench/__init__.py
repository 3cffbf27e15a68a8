"""Benchmarks behind the figures of the README (ratios measured side by side, medians, tails of distributions), and pictures
of every page. Each file here is a command; what they share is in `scenes`, `stage` and `load`.
"""
