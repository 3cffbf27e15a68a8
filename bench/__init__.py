"""Benchmarks behind the figures of the README: ratios measured side by side, medians, and tails of distributions."""
