"""Numbers as attributes of SVG write them."""


def short(value: float) -> str:
    """Return *value* with at most two decimals and none that say nothing.

    >>> short(20.0), short(47.804), short(-0.001)
    ('20', '47.8', '0')
    """
    return f"{round(value, 2) + 0:.2f}".rstrip("0").rstrip(".")


def across(value: float) -> str:
    """Return *value*, 0 to 100, as a length of the box across.

    >>> across(63.42)
    '63.42%'
    """
    return f"{short(value)}%"
