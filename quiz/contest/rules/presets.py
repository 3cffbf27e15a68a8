"""The rules that a contest declares before it opens, and the four known combinations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

from quiz.contest.rules.earlier import EARLIER
from quiz.contest.rules.season import SeasonRule
from quiz.contest.rules.stored import text_or_none, truth, whole, whole_or_none

CUSTOM = "tu-dat"
"""The name of rules of which each key was chosen."""


class Criterion(StrEnum):
    """A criterion by which standings are ordered."""

    CORRECT = "correct"
    DURATION = "duration"
    GUESS = "guess"
    SUBMITTED = "submitted"


class Counts(StrEnum):
    """Which attempt is the entry: the first, or the earliest of the most correct ones."""

    FIRST = "first"
    BEST = "best"


class GuessTarget(StrEnum):
    """The number that participants guess: none, the number of all-correct entries, that of participants, or the
    per cent of participants who are all correct.
    """

    NONE = "none"
    PERFECT = "perfect"
    PEOPLE = "people"
    PERCENT = "percent"


class GuessBinds(StrEnum):
    """Which guess binds: that of the first attempt, or that of the counted one."""

    FIRST = "first"
    COUNTED = "counted"


class Ties(StrEnum):
    """The result of an exact tie at a prize: the prize for all, or a public draw."""

    SHARE = "share"
    DRAW = "draw"


class Eligibility(StrEnum):
    """The people who can take a prize: anybody after a call, people on the roster, those confirmed by a card or by SMS.

    With `CALL` everybody is ranked; otherwise only those who are listed or confirmed, and the rest take part unranked.
    """

    CALL = "call"
    ROSTER = "roster"
    CARD = "card"
    SMS = "sms"


@dataclass(frozen=True)
class Key:
    """One step of the order; times are rounded down to `bucket_ms` before they are compared."""

    criterion: Criterion
    bucket_ms: int = 1

    def __post_init__(self) -> None:
        if self.bucket_ms < 1:
            raise ValueError("a bucket is at least one millisecond")


class NewerRules(ValueError):
    """The rules were stored by a newer version of this program."""


MOST_DECIMALS = 4
LONGEST_SOURCE = 120


@dataclass(frozen=True)
class Rules:
    """How one contest counts, orders and awards. `tries` is per round; None means without limit.

    `most_sharing` is the most people who share a prize in an exact tie; in a larger tie the earlier submission is
    ahead. `call_days` is how long winners are called before others may take their place. None is "not declared".

    Stored rules carry the version that wrote them. A setting that is added later raises `VERSION`, and `DEFAULTS` gives
    its meaning for each earlier version. Rules without a version are version 1.
    """

    VERSION: ClassVar[int] = 8
    DEFAULTS: ClassVar[Mapping[int, Mapping[str, object]]] = EARLIER
    """The values of missing keys, by the version of the stored rules."""

    preset: str
    tries: int | None
    counts: Counts
    order: tuple[Key, ...]
    guess_target: GuessTarget
    guess_binds: GuessBinds
    ties: Ties
    eligibility: Eligibility = Eligibility.CALL
    most_sharing: int | None = None
    call_days: int | None = None
    shuffles: bool = field(default=False, kw_only=True)
    """Whether the paper of each attempt has an order of questions and choices of its own."""
    shown: int | None = field(default=None, kw_only=True)
    """The number of questions drawn for each attempt; None asks all questions of the round."""
    all_right_only: bool = field(default=False, kw_only=True)
    """Whether only people with every question right can take a prize."""
    rest_rounds: int | None = field(default=None, kw_only=True)
    """The number of rounds after a prize in which its winner can take none; None for no such rest."""
    most_prizes: int | None = field(default=None, kw_only=True)
    """The largest number of prizes of one person in the whole contest; None for any number."""
    guess_decimals: int = field(default=0, kw_only=True)
    """The decimals of a guessed percentage, which is kept as a whole number: 33,5 % with one decimal is 335."""
    starts_together: bool = field(default=False, kw_only=True)
    """Whether all papers of a round start at its opening; somebody who comes later has the time that is left."""
    draw_source: str | None = field(default=None, kw_only=True)
    """The source of the public numbers that decide draws (decision 0121); None for tickets drawn by hand."""
    draw_digits: int | None = field(default=None, kw_only=True)
    """The number of digits of such a number (decision 0133); None where rules from before did not say it."""
    season: SeasonRule = field(default=SeasonRule(), kw_only=True)
    """How the rounds add up to the standings of the whole contest."""

    def __post_init__(self) -> None:
        criteria = [key.criterion for key in self.order]
        if not criteria or len(set(criteria)) != len(criteria):
            raise ValueError("an order names each criterion at most once, and at least one")
        if self.tries is not None and self.tries < 1:
            raise ValueError("a contest allows at least one try")
        if Criterion.GUESS in criteria and self.guess_target is GuessTarget.NONE:
            raise ValueError("an order by guess needs something to guess")
        if any(number is not None and number < 1 for number in self._counts):
            raise ValueError("a declared number is at least one")
        if self.shown is not None and (self.shown < 1 or not self.shuffles):
            raise ValueError("questions are drawn for papers of their own, at least one for each")
        if self.starts_together and self.tries != 1:
            raise ValueError("papers that start together are written once")
        if not 0 <= self.guess_decimals <= MOST_DECIMALS:
            raise ValueError("a percentage has at most four decimals")

    @property
    def _counts(self) -> tuple[int | None, ...]:
        return self.most_sharing, self.call_days, self.rest_rounds, self.most_prizes, self.draw_digits

    @property
    def may_draw(self) -> bool:
        """Whether a tie can come to a draw: it is declared, or only so many may share a prize."""
        return self.ties is Ties.DRAW or self.most_sharing is not None

    @property
    def earlier_wins(self) -> bool:
        """Whether the moment of submission ranks, so that of equal papers the earlier one is before the later."""
        return any(key.criterion is Criterion.SUBMITTED for key in self.order)

    def asked(self, questions: int) -> int:
        """Return the number of questions on a paper of a round that has *questions*.

        >>> PRESETS["vcnet"].asked(10)
        10
        """
        return questions if self.shown is None else min(self.shown, questions)

    def to_dict(self) -> dict[str, object]:
        """Return the rules as JSON values, which `from_dict` reads."""
        return {
            "version": self.VERSION,
            "preset": self.preset,
            "tries": self.tries,
            "counts": self.counts.value,
            "order": [{"criterion": key.criterion.value, "bucket_ms": key.bucket_ms} for key in self.order],
            "guess_target": self.guess_target.value,
            "guess_binds": self.guess_binds.value,
            "ties": self.ties.value,
            "eligibility": self.eligibility.value,
            "most_sharing": self.most_sharing,
            "call_days": self.call_days,
            "shuffles": self.shuffles,
            "shown": self.shown,
            "all_right_only": self.all_right_only,
            "rest_rounds": self.rest_rounds,
            "most_prizes": self.most_prizes,
            "guess_decimals": self.guess_decimals,
            "starts_together": self.starts_together,
            "draw_source": self.draw_source,
            "draw_digits": self.draw_digits,
            "season": self.season.to_dict(),
        }

    @classmethod
    def from_dict(cls, data: object) -> Rules:
        """Return the rules in stored JSON; keys that their version did not have get its defaults.

        Raises ValueError on anything that is not such rules, `NewerRules` on those of a later version.
        """
        try:
            return cls(**cls._settings(cls._complete(data)))
        except (KeyError, TypeError) as error:
            raise ValueError("not the rules of a contest") from error

    @classmethod
    def _complete(cls, data: object) -> Mapping[str, Any]:
        """Return *data* with the defaults of its version."""
        if not isinstance(data, Mapping):
            raise ValueError("not the rules of a contest")
        version = whole(data.get("version", 1))
        if version > cls.VERSION:
            raise NewerRules(f"rules of version {version}, this program knows {cls.VERSION}")
        return {**cls.DEFAULTS[version], **data}

    @classmethod
    def _settings(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the settings in complete JSON, by name."""
        if not isinstance(data["preset"], str):
            raise ValueError("not the rules of a contest")
        return {
            "preset": data["preset"],
            "tries": whole_or_none(data["tries"]),
            "counts": Counts(data["counts"]),
            "order": tuple(Key(Criterion(step["criterion"]), whole(step["bucket_ms"])) for step in data["order"]),
            "guess_target": GuessTarget(data["guess_target"]),
            "guess_binds": GuessBinds(data["guess_binds"]),
            "ties": Ties(data["ties"]),
            "eligibility": Eligibility(data["eligibility"]),
            "most_sharing": whole_or_none(data["most_sharing"]),
            "call_days": whole_or_none(data["call_days"]),
            "shuffles": truth(data["shuffles"]),
            "shown": whole_or_none(data["shown"]),
            "all_right_only": truth(data["all_right_only"]),
            "rest_rounds": whole_or_none(data["rest_rounds"]),
            "most_prizes": whole_or_none(data["most_prizes"]),
            "guess_decimals": whole(data["guess_decimals"]),
            "starts_together": truth(data["starts_together"]),
            "draw_source": text_or_none(data["draw_source"]),
            "draw_digits": whole_or_none(data["draw_digits"]),
            "season": SeasonRule.from_dict(data["season"]),
        }


_SECOND = 1000
_CORRECT = Key(Criterion.CORRECT)
_DURATION = Key(Criterion.DURATION, _SECOND)
_GUESS = Key(Criterion.GUESS)
_SUBMITTED = Key(Criterion.SUBMITTED, _SECOND)

PRESETS: dict[str, Rules] = {
    rules.preset: rules
    for rules in (
        Rules(
            preset="lam-binh",
            tries=1,
            counts=Counts.FIRST,
            order=(_CORRECT, _DURATION, _GUESS),
            guess_target=GuessTarget.PERFECT,
            guess_binds=GuessBinds.FIRST,
            ties=Ties.SHARE,
        ),
        Rules(
            preset="vcnet",
            tries=None,
            counts=Counts.BEST,
            order=(_CORRECT, _GUESS, _SUBMITTED),
            guess_target=GuessTarget.PERFECT,
            guess_binds=GuessBinds.COUNTED,
            ties=Ties.SHARE,
        ),
        Rules(
            preset="duration",
            tries=1,
            counts=Counts.FIRST,
            order=(_CORRECT, _DURATION, _SUBMITTED),
            guess_target=GuessTarget.NONE,
            guess_binds=GuessBinds.FIRST,
            ties=Ties.SHARE,
        ),
        Rules(
            preset="guess",
            tries=1,
            counts=Counts.FIRST,
            order=(_CORRECT, _GUESS),
            guess_target=GuessTarget.PERFECT,
            guess_binds=GuessBinds.FIRST,
            ties=Ties.DRAW,
        ),
    )
}
