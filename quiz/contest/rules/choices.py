"""Choices that refer to other choices of their question, and so have to stay where the author put them."""

import re
from collections.abc import Iterable

_THING = "|".join(
    word.replace(" ", r"\s+")
    for word in (
        "ý",
        "câu",
        "đáp án",
        "phương án",
        "lựa chọn",
        "nội dung",
        "trường hợp",
        "hành vi",
        "điều",
        "việc",
        "đối tượng",
        "yếu tố",
        "quy định",
    )
)
_LETTERS = re.compile(r"(?<![\w/.-])[A-H](?![\w/-])")
_WORDS = re.compile(
    rf"""
      \b(?:cả|câu|đáp\ án|phương\ án|ý)\s+[a-h]\b            # "cả a và b", "phương án c"
    | \bcả\s+(?:hai|ba|bốn|năm|[2-5])\b                      # "cả hai đều đúng"
    | \btất\ cả\b.*\b(?:trên|đều|(?:{_THING}))                  # "tất cả các ý trên"
    | \bđều\s+(?:đúng|sai)\b                                 # "đều đúng"
    | \b(?:{_THING})(?:\s+(?:nêu|kể|ở|bên|trên|đó|này))*\s+(?:trên|khác|còn\ lại)\b
    | \b(?:không|chẳng)\s+(?:có\s+|phải\s+)?(?:là\s+)?(?:{_THING})\s+nào\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def refer_to_others(texts: Iterable[str]) -> bool:
    """Return whether one of the choices in *texts* names others by letter or place: "Cả A và B", "Tất cả các ý trên".

    A doubtful one counts as such, since an order that stays harms less than a choice that points at the wrong ones. No
    choices give False; raises nothing.

    >>> refer_to_others(["Một", "Hai", "Cả A và B"]), refer_to_others(["Trên 18 tuổi", "Dưới 18 tuổi"])
    (True, False)
    """
    return any(_LETTERS.search(text) or _WORDS.search(text) for text in texts)
