"""The sentences of posters: in Vietnamese, in English, or from a file of the office."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from core.pdf.fonts import undrawable
from core.values.text import clean, search_key

LARGEST_FILE = 10_000
LONGEST = {
    "cau-hoi": 90,
    "buoc-1": 30,
    "buoc-2": 30,
    "buoc-3": 30,
    "cam-ket": 80,
    "go-dia-chi": 60,
    "kiem-tra": 90,
}
"""The keys of a file of words, and the most letters of each that fit well on the smallest sheet."""
OPTIONAL = ("go-dia-chi", "kiem-tra")


class BadWords(ValueError):
    """A file of sentences that cannot be printed; its message says in Vietnamese what to correct, a line each."""


@dataclass(frozen=True)
class Words:
    """The sentences of a poster in one language; *typed*, *check* and *levels* may be missing.

    Attributes:
        steps: what to do with the telephone; a new line ends the part in bold.
        levels: the words under the faces, best first.
        language: the code of the language in which names of places are shown too; empty for a file of words.
    """

    question: str
    steps: tuple[str, str, str]
    promise: str
    typed: str = ""
    check: str = ""
    levels: tuple[str, ...] = ()
    language: str = ""


def own_words() -> Words:
    """Return the sentences in the language in force, Vietnamese outside a request."""
    return Words(
        question=_("Ông/bà hài lòng với dịch\u00a0vụ ở\u00a0quầy\u00a0này\u00a0không?"),
        steps=(
            _("Mở Zalo\nhoặc máy ảnh"),
            _("Hướng vào mã\nrồi bấm đường dẫn"),
            _("Chọn một mặt\nrồi bấm Gửi"),
        ),
        promise=_("Cán bộ tại quầy không biết ai đánh giá."),
        typed=_("Không quét được? Gõ vào trình duyệt:"),
        check=_("Trang mở ra phải hiện đúng mã này. Nếu khác, xin\u00a0đừng\u00a0gửi."),
        levels=(_("Rất hài lòng"), _("Hài lòng"), _("Bình thường"), _("Không hài lòng"), _("Rất không hài lòng")),
    )


ENGLISH = Words(
    question="Are you satisfied with the service at this counter?",
    steps=("Open Zalo or the camera", "Point it at the code, tap the link", "Choose a face, then tap Send"),
    promise="Staff at the counter do not know who rated.",
    typed="Cannot scan? Type this into a browser:",
    check="The page must show this same code. If not, do not send.",
    levels=("Very satisfied", "Satisfied", "Neutral", "Not satisfied", "Not at all satisfied"),
    language="en",
)
LANGUAGES = {"en": ENGLISH}
"""Second languages with verified translations; offices write those of other languages themselves."""


def read_words(content: bytes) -> Words:
    """Return the sentences of a text file of `key: text` lines; `#` begins a comment.

    Raises:
        BadWords: with every mistake at once.
    """
    if len(content) > LARGEST_FILE:
        raise BadWords(f"Tệp lời dài quá {LARGEST_FILE // 1000} KB. Mỗi dòng chỉ cần một câu ngắn.")
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise BadWords("Tệp lời phải được lưu ở bảng mã UTF-8. Xin mở tệp, chọn Lưu thành… và chọn UTF-8.") from error
    found, wrong = _read_lines(lines)
    missing = [key for key in LONGEST if key not in found and key not in OPTIONAL]
    if missing:
        wrong.append(f"Còn thiếu: {', '.join(missing)}. Mỗi mục một dòng, ví dụ “cau-hoi: …”.")
    if wrong:
        raise BadWords("\n".join(wrong))
    return _words(found)


def _read_lines(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    found: dict[str, str] = {}
    wrong: list[str] = []
    for number, line in enumerate(lines, start=1):
        text = clean(line.replace("：", ":"))
        if not text or text.startswith("#"):
            continue
        key, colon, said = (part.strip() for part in text.partition(":"))
        key = search_key(key).replace(" ", "-")
        mistake = _mistake(key, said, found) if colon else "không có dấu hai chấm sau tên mục."
        if mistake:
            wrong.append(f"Dòng {number}: {mistake}")
        if said:
            found.setdefault(key, said)
    return found, wrong


def _mistake(key: str, said: str, found: Mapping[str, str]) -> str:
    """Return what is wrong with a line, to be shown after its number; empty when it is right."""
    if key not in LONGEST:
        return f"không có mục “{key}”. Các mục: {', '.join(LONGEST)}."
    if key in found:
        return f"mục “{key}” đã có ở dòng trên."
    if len(said) > LONGEST[key]:
        return f"“{key}” dài {len(said)} chữ, trên tờ chỉ đủ chỗ cho {LONGEST[key]}."
    if strange := undrawable(said):
        return f"phông chữ của tờ in không viết được: {' '.join(strange)} (chỉ viết được chữ Latinh)."
    return ""


def _words(found: Mapping[str, str]) -> Words:
    return Words(
        question=found["cau-hoi"],
        steps=(found["buoc-1"], found["buoc-2"], found["buoc-3"]),
        promise=found["cam-ket"],
        typed=found.get("go-dia-chi", ""),
        check=found.get("kiem-tra", ""),
    )
