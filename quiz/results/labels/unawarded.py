"""Why prizes of a round are not given, as one sentence for its page and its documents."""

from collections.abc import Sequence

from core.translation import gettext
from quiz.contest.labels.sentences import ALL_RIGHT


def unawarded_sentence(left: Sequence[tuple[str, int]], *, all_right_only: bool) -> str:
    """Return that the prizes *left*, by name with their number, are not given, and why; empty where none are."""
    if not left:
        return ""
    listed = ", ".join(f"{count} {name}" for name, count in left)
    said = gettext("Không trao %(prizes)s: không còn ai đủ điều kiện nhận giải.", prizes=listed)
    return f"{said} {gettext(ALL_RIGHT)}" if all_right_only else said
