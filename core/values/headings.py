"""Headings that break between words, never inside one: a Vietnamese word may be of two syllables with a space."""

import re

_WORDS = re.compile(
    r"\b(cá nhân|kết quả|điện thoại|tìm thấy|khiếu nại|chứng nhận|đánh giá|cơ quan|hài lòng|tra cứu|dự thi|Một cửa"
    r"|Chủ nhật)\b",
    re.IGNORECASE,
)
_PAIR = re.compile(r"\b([A-ZĐÀ-Ỹ][a-zđà-ỹ]+) ([A-ZĐÀ-Ỹ][a-zđà-ỹ]+)\b")
_NUMBERED = re.compile(r"\b(Quầy|quầy|[Tt]uần|[Cc]âu|số) (?=\d)")


def unbroken(text: str) -> str:
    r"""Return *text* with no-break spaces inside known words, names of two syllables, and before numbers.

    >>> unbroken("Thông tin cá nhân của Quầy 4, xã Lâm Bình")
    'Thông tin cá\xa0nhân của Quầy\xa04, xã Lâm\xa0Bình'
    """
    text = _WORDS.sub(lambda found: found[0].replace(" ", "\xa0"), str(text))
    text = _PAIR.sub("\\1\xa0\\2", text)
    return _NUMBERED.sub(lambda found: found[0].replace(" ", "\xa0"), text)
