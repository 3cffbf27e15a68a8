"""What the README's figures come from: ratios measured side by side, medians, and the whole distribution's tail."""
