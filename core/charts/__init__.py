"""Charts: their geometry as values, and matplotlib's drawings as inline SVG, files and pictures."""
