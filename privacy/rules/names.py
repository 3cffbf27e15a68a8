"""Whether two names may be those of one person."""

from collections.abc import Collection

from core.values.text import search_key


def is_other_person(asker: str, names: Collection[str]) -> bool:
    """Whether none of *names* is that of *asker*, letters compared without their marks and without regard to case.

    A name that is missing on either side says nothing: False.

    >>> is_other_person("Hoàng Thị Khuyên", ["Bàn Thị Dung"]), is_other_person("hoang thi khuyen", ["Hoàng Thị Khuyên"])
    (True, False)
    >>> is_other_person("", ["Bàn Thị Dung"]), is_other_person("Hoàng Thị Khuyên", [])
    (False, False)
    """
    known = {key for key in map(search_key, names) if key}
    return bool(search_key(asker)) and bool(known) and search_key(asker) not in known
