"""The colours of drawings: by the names of the style sheets' tokens, as sentinels, light and dark."""

from collections.abc import Mapping

Colours = Mapping[str, str]
"""A colour for each name."""

NAMES = ("ink", "soft", "line", "edge", "paper", "leaf", "gac", "ref", "nghe", "v5", "v4", "v3", "v2", "v1", "mid")
SENTINELS: Colours = {name: f"#0a{place:04x}" for place, name in enumerate(NAMES, start=1)}
"""Colours that no drawing has by chance; inline SVG has a class in their place, so that a page gives the colour."""
LIGHT: Colours = {
    "ink": "#1f2a2e",
    "soft": "#525c5e",
    "line": "#ddd4c2",
    "edge": "#857a64",
    "paper": "#fbf8f1",
    "leaf": "#1f6f54",
    "gac": "#b93a26",
    "ref": "#2f3d66",
    "nghe": "#e0a526",
    "v5": "#1f6f54",
    "v4": "#86bba0",
    "v3": "#ddd3bf",
    "v2": "#e9ab90",
    "v1": "#b93a26",
    "mid": "#539679",
}
"""The colours of the light theme, for files that leave the page."""
DARK: Colours = {
    "ink": "#efe9dc",
    "soft": "#bdc0b5",
    "line": "#38413e",
    "edge": "#7f8a82",
    "paper": "#151a1a",
    "leaf": "#86d0ab",
    "gac": "#f5a392",
    "ref": "#aebae6",
    "nghe": "#e9b84a",
    "v5": "#86d0ab",
    "v4": "#3a6b57",
    "v3": "#565a50",
    "v2": "#8e4e3c",
    "v1": "#f08d79",
    "mid": "#4f9377",
}
"""The colours of the dark theme."""
