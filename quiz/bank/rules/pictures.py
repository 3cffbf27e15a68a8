"""Pictures of questions in texts: "[hình 3f2a9c41d0e7b6a5: Quốc huy]" stands where the picture is.

A reader of files that hold pictures writes the mark "[hình 3f2a9c41d0e7b6a5.0]" instead, whose number points to the
words of the picture, so that those can't be mistaken for a choice or an answer.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from core.values.text import N_, Sentence, clean
from quiz.bank.rules.parsed import IN_QUESTION, Parsed, ParsedQuestion, PictureRef

LONGEST_ALT = 300
MARKED = 16
"""The first letters of a digest that a mark holds: 64 bits."""
MOST_PICTURES = 80
"""Pictures of one file."""
_IN_QUESTION, _IN_CHOICE = (640, 420), (320, 240)
_MARK = re.compile(r"\[\s*hình\s+([0-9a-f]{8,64})(?:\.(\d{1,4}))?\s*(?::([^\[\]\n]*))?\]", re.IGNORECASE)
_SECOND = N_("có nhiều hình ở một chỗ; chỉ hình đầu được đưa vào. Xin ghép các hình thành một rồi thêm lại.")
_UNKNOWN = N_("không có hình “%(mark)s” trong ngân hàng này; xin xóa chỗ [hình …], đưa câu vào rồi thêm hình sau.")
_REFUSED = N_("hình ở đây không được đưa vào. %(reason)s")
_NO_WORDS = N_("hình ở %(part)s chưa có lời mô tả cho người không nhìn thấy hình.")
_LONG_WORDS = N_("lời mô tả hình ở %(part)s dài quá %(most)s chữ.")
_READ_AFTERWARDS = ("explanation", "source", "topic")
_STEM, _CHOICE = N_("lời câu hỏi"), N_("phương án %(letter)s")


@dataclass
class FoundPictures:
    """The pictures of a file while it is read: bytes by mark, and words by the numbers of marks."""

    files: dict[str, bytes] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)

    def mark(self, data: bytes, words: str) -> str:
        """Keep a picture with its *words*, and return the mark that stands for it; "" beyond `MOST_PICTURES`."""
        digest = sha256(data).hexdigest()[:MARKED]
        if digest not in self.files and len(self.files) >= MOST_PICTURES:
            return ""
        self.files[digest] = data
        self.words.append(_words(words))
        return f"[hình {digest}.{len(self.words) - 1}]"

    def hide(self, text: str) -> str:
        """Return a typed text with its marks shortened to numbers, their words kept here."""
        return _MARK.sub(self._shortened, text)

    def _shortened(self, mark: re.Match[str]) -> str:
        self.words.append(_words(mark[3] or ""))
        return f"[hình {mark[1].lower()}.{len(self.words) - 1}]"


@dataclass(frozen=True)
class KnownPictures:
    """The pictures that a text may name: whole digests, what marks of a file were stored as, and why some were refused.

    `words` are those typed for marks of a file.
    """

    digests: Collection[str] = ()
    stored: Mapping[str, str] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)

    def whole(self, mark: str) -> str | None:
        """Return the digest that *mark* names; None for none or several."""
        if mark in self.stored:
            return self.stored[mark]
        found = {each for each in (*self.digests, *self.stored.values()) if each.startswith(mark)}
        return found.pop() if len(found) == 1 else None


def fitted(width: int, height: int, *, is_choice: bool) -> tuple[int, int]:
    """Return the size at which a page shows a picture: at most 640 × 420 dots, 320 × 240 in a choice.

    >>> fitted(1280, 960, is_choice=False), fitted(30, 60, is_choice=True)
    ((560, 420), (30, 60))
    """
    wide, high = _IN_CHOICE if is_choice else _IN_QUESTION
    share = min(1, wide / width, high / height)
    return max(1, round(width * share)), max(1, round(height * share))


def with_mark(text: str, picture: PictureRef | None) -> str:
    """Return *text* with the mark of its picture behind it.

    >>> with_mark("Đây là gì?", PictureRef("3f2a9c41" * 8, "Quốc huy"))
    'Đây là gì? [hình 3f2a9c413f2a9c41: Quốc huy]'
    """
    if picture is None:
        return text
    return f"{text} [hình {picture.digest[:MARKED]}: {_words(picture.alt)}]".strip()


def take_pictures(parsed: Parsed, found: FoundPictures | None = None) -> Parsed:
    """Turn the marks in the texts of *parsed* into pictures, and return it; a second one in a place is reported."""
    words = found.words if found else []
    for at, question in enumerate(parsed.questions):
        number = question.number or at + 1
        text, image, more = _taken(question.text, words)
        choices = []
        for choice in question.choices:
            its, picture, others = _taken(choice.text, words)
            choices.append(replace(choice, text=its, image=picture or choice.image))
            more = more or others
        rest = {name: _MARK.sub("", getattr(question, name)) for name in _READ_AFTERWARDS}
        if more or any(rest[name] != getattr(question, name) for name in rest):
            parsed.doubtful(question.place, IN_QUESTION, number=number, reason=Sentence(_SECOND))
        because, source, topic = (clean(rest[name]) for name in _READ_AFTERWARDS)
        parsed.questions[at] = replace(
            question,
            text=text,
            image=image or question.image,
            choices=tuple(choices),
            explanation=because,
            source=source,
            topic=topic,
        )
    return parsed


def _taken(text: str, words: list[str]) -> tuple[str, PictureRef | None, bool]:
    """Return a text without its marks, the first picture, and whether there were more."""
    marks = list(_MARK.finditer(text))
    if not marks:
        return text, None, False
    first = marks[0]
    at = int(first[2]) if first[2] else len(words)
    alt = words[at] if at < len(words) else _words(first[3] or "")
    return clean(_MARK.sub(" ", text)), PictureRef(first[1].lower(), alt), len(marks) > 1


def settle_pictures(parsed: Parsed, known: KnownPictures) -> Parsed:
    """Give the pictures of *parsed* their whole digests, and return it; those refused or unknown are reported."""
    for at, question in enumerate(parsed.questions):
        number = question.number or at + 1
        choices = tuple(
            replace(choice, image=_settled(parsed, question, number, choice.image, known))
            for choice in question.choices
        )
        image = _settled(parsed, question, number, question.image, known)
        parsed.questions[at] = replace(question, image=image, choices=choices)
    return parsed


def _settled(
    parsed: Parsed, question: ParsedQuestion, number: int, picture: PictureRef | None, known: KnownPictures
) -> PictureRef | None:
    if picture is None:
        return None
    mark = picture.digest
    if mark in known.refused:
        reason = Sentence(_REFUSED, reason=Sentence(known.refused[mark]))
        parsed.doubtful(question.place, IN_QUESTION, number=number, reason=reason)
        return None
    whole = known.whole(mark)
    if whole is None:
        parsed.wrong(question.place, IN_QUESTION, number=number, reason=Sentence(_UNKNOWN, mark=mark[:MARKED]))
        return None
    return PictureRef(whole, known.words.get(whole[:MARKED], picture.alt))


def wrong_pictures(question: ParsedQuestion) -> Iterator[Sentence]:
    """Yield what is wrong with the pictures of a question: each needs words that say what it shows."""
    parts = [(Sentence(_STEM), question.image)]
    parts += [(Sentence(_CHOICE, letter=choice.letter), choice.image) for choice in question.choices]
    for part, picture in parts:
        if picture is not None and not picture.alt:
            yield Sentence(_NO_WORDS, part=part)
        elif picture is not None and len(picture.alt) > LONGEST_ALT:
            yield Sentence(_LONG_WORDS, part=part, most=LONGEST_ALT)


def _words(words: str) -> str:
    """Return the words of a picture as a mark can hold them.

    >>> _words(" Biển  [cấm]: xe ")
    'Biển (cấm): xe'
    """
    return clean(words.replace("[", "(").replace("]", ")"))
