"""Values of stored rules, each read strictly."""


def truth(value: object) -> bool:
    """Return a stored truth value; ValueError on anything else."""
    if not isinstance(value, bool):
        raise ValueError(f"neither true nor false: {value!r}")
    return value


def whole_or_none(value: object) -> int | None:
    """Return a stored whole number or None; ValueError on anything else."""
    return None if value is None else whole(value)


def text_or_none(value: object) -> str | None:
    """Return a stored text or None; ValueError on anything else."""
    if value is not None and not isinstance(value, str):
        raise ValueError(f"not a text: {value!r}")
    return value


def whole(value: object) -> int:
    """Return a stored whole number; ValueError on anything else."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"not a whole number: {value!r}")
    return value
