"""Vietnamese words of a changed place: where it went, what became of the prize, and why."""

from core.translation import gettext
from core.values.numbers import thousands
from core.values.text import N_
from quiz.contest.labels.guesses import GuessWords
from quiz.results.rules.rank_changes import ChangeCause, Direction, PrizeChange, RankChange

KIND: dict[str, str] = {
    "giai": N_("Đổi giải"),
    "": N_("Tất cả"),
    "len": N_("Lên"),
    "xuong": N_("Xuống"),
    "vao": N_("Vào bảng"),
    "ra": N_("Ra khỏi bảng"),
}
"""The parts of the list, by their value in the address."""


def direction_words(change: RankChange) -> str:
    """Return where a rank went: "lên 3 bậc", "ra khỏi bảng"."""
    places = abs(change.places or 0)
    words = {
        Direction.UP: N_("lên %(n)s bậc"),
        Direction.DOWN: N_("xuống %(n)s bậc"),
        Direction.SAME: N_("giữ hạng"),
        Direction.IN: N_("vào bảng"),
        Direction.OUT: N_("ra khỏi bảng"),
    }
    return gettext(words[change.direction], n=thousands(places))


def prize_change_words(change: RankChange, before: str, after: str) -> str:
    """Return what became of a prize, named *before* and *after*; nothing where it did not change."""
    words = {
        PrizeChange.GAINED: N_("được %(after)s"),
        PrizeChange.LOST: N_("mất %(before)s"),
        PrizeChange.OTHER: N_("%(before)s thành %(after)s"),
        PrizeChange.NONE: "",
    }
    said = words[change.prize]
    return gettext(said, before=before, after=after) if said else ""


def cause_words(change: RankChange, guess: GuessWords) -> str:
    """Return why a place changed, with the figures that did."""
    was, now = change.before, change.after
    if was is None or now is None:
        return gettext(_WHOLE[change.cause])
    if change.cause is ChangeCause.MARK:
        return gettext("chấm lại: đúng %(before)s thành %(after)s câu", before=was.correct, after=now.correct)
    if change.cause is ChangeCause.DISTANCE:
        return _distance_words(was.distance, now.distance, guess)
    if change.cause is ChangeCause.PAPER:
        return gettext("chấm lại: lượt được tính là lượt khác")
    return gettext(_OTHERS[change.direction])


def _distance_words(before: int | None, after: int | None, guess: GuessWords) -> str:
    if before is None or after is None:
        return gettext("số đúng để so dự đoán đổi")
    return gettext(
        "số đúng để so dự đoán đổi: lệch %(before)s thành %(after)s",
        before=guess.bare_distance(before),
        after=guess.bare_distance(after),
    )


_WHOLE: dict[ChangeCause, str] = {
    ChangeCause.RECOGNISED: N_("bài được xếp hạng trở lại"),
    ChangeCause.EXCLUDED: N_("bài không được công nhận"),
}
_OTHERS: dict[Direction, str] = {
    Direction.UP: N_("do bài khác xuống hoặc ra khỏi bảng"),
    Direction.DOWN: N_("do bài khác lên hoặc vào bảng"),
    Direction.SAME: N_("giải chuyển theo bài khác"),
}
