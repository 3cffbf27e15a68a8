"""The criteria that a sheet can't decide because it has no column for them."""

from collections.abc import Collection

from core.translation import gettext
from core.values.text import N_
from quiz.attempt.files.columns import Meaning
from quiz.contest.labels import CRITERION
from quiz.contest.rules.presets import Criterion, Rules

_NOT_DECIDING = N_("Tệp không có %(what)s; tiêu chí “%(criterion)s” không phân định được ai.")


_NO_UNITS = N_("Tệp không có cột đơn vị; không tách được số lượt theo đơn vị.")


_NEEDS: dict[Criterion, tuple[Meaning, str]] = {
    Criterion.DURATION: (Meaning.DURATION, N_("thời gian làm bài")),
    Criterion.GUESS: (Meaning.GUESS, N_("dự đoán")),
    Criterion.SUBMITTED: (Meaning.SUBMITTED, N_("thời điểm nộp bài")),
}


def missing_columns(missing: Collection[Meaning], rules: Rules) -> list[str]:
    """Return a note for each missing column that a criterion needs."""
    notes = [_NO_UNITS] if Meaning.UNIT in missing else []
    for key in rules.order:
        meaning, what = _NEEDS.get(key.criterion, (Meaning.SCORE, ""))
        if meaning in missing:
            notes.append(gettext(_NOT_DECIDING, what=what, criterion=CRITERION[key.criterion]))
    return notes
