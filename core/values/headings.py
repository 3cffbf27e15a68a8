"""Headings that break between words, never inside one: a Vietnamese word may be of two syllables with a space."""

import re

_WORDS = re.compile(
    r"\b(cá nhân|kết quả|điện thoại|tìm thấy|khiếu nại|chứng nhận|đánh giá|cơ quan|hài lòng|tra cứu|dự thi|Một cửa"
    r"|Chủ nhật)\b",
    re.IGNORECASE,
)
_PAIR = re.compile(r"\b([A-ZĐÀ-Ỹ][a-zđà-ỹ]+) ([A-ZĐÀ-Ỹ][a-zđà-ỹ]+)\b")
_PLACE = re.compile(r"\b(xã|phường|đặc khu|tỉnh|thôn) (?=[A-ZĐÀ-Ỹ0-9])")
_UNIT = re.compile(r"(?<=\d) (?=[^\W\d])")
_NUMBERED = re.compile(r"\b(Quầy|quầy|[Tt]uần|[Cc]âu|số) (?=\d)")


def unbroken(text: str) -> str:
    r"""Return *text* with no-break spaces inside known words, names of two syllables, and before numbers.

    >>> unbroken("Thông tin cá nhân của Quầy 4, xã Lâm Bình")
    'Thông tin cá\xa0nhân của Quầy\xa04, xã\xa0Lâm\xa0Bình'
    """
    text = _WORDS.sub(lambda found: found[0].replace(" ", "\xa0"), str(text))
    text = _PAIR.sub("\\1\xa0\\2", text)
    text = _PLACE.sub("\\1\xa0", text)
    return _NUMBERED.sub(lambda found: found[0].replace(" ", "\xa0"), text)


def with_units(text: str) -> str:
    r"""Return *text* with a no-break space between each number and the word after it, and between xã and its name.

    >>> with_units("4 phút 12 giây"), with_units("1.263 lượt ở xã Thanh Thủy")
    ('4\xa0phút 12\xa0giây', '1.263\xa0lượt ở xã\xa0Thanh Thủy')
    """
    return _PLACE.sub("\\1\xa0", _UNIT.sub("\xa0", str(text)))
