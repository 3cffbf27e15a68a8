"""The meaning of rules that earlier versions of the program stored: the settings that they did not have."""

from collections.abc import Mapping

from quiz.contest.rules.season import SeasonRule

_CALLED: dict[str, object] = {"eligibility": "call", "most_sharing": None, "call_days": None}
_ANYBODY: dict[str, object] = {"all_right_only": False, "rest_rounds": None, "most_prizes": None}
"""The rules from before a round could leave people out of its prizes."""
_WHOLE: dict[str, object] = {"guess_decimals": 0}
"""The rules from before a percentage could be guessed."""
_SUM: dict[str, object] = {"season": SeasonRule().to_dict()}
"""The rules from before the standings of a whole contest were declared: the sum of right answers, then less time."""
_APART: dict[str, object] = {"starts_together": False}
"""The rules from before the papers of a round could start for everybody at once."""
_AS_TYPED: dict[str, object] = {"draw_digits": None}
"""The rules from before the digits of a public number were declared."""
_BY_HAND: dict[str, object] = {"draw_source": None, **_AS_TYPED}
"""The rules from before a public number could decide a draw."""

EARLIER: Mapping[int, Mapping[str, object]] = {
    1: {**_CALLED, "shuffles": False, "shown": None, **_ANYBODY, **_WHOLE, **_SUM, **_APART, **_BY_HAND},
    2: {**_ANYBODY, **_WHOLE, **_SUM, **_APART, **_BY_HAND},
    3: {**_WHOLE, **_SUM, **_APART, **_BY_HAND},
    4: {**_SUM, **_APART, **_BY_HAND},
    5: {**_APART, **_BY_HAND},
    6: _BY_HAND,
    7: _AS_TYPED,
    8: {},
}
"""The values of missing keys, by the version of the stored rules. Version 1 ranked everybody, and its winners were
called; version 2 let everybody win in every round; version 3 knew no guess of a percentage."""
