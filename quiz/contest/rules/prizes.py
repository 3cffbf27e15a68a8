"""The prizes of a contest: a tier with its quantity and amount, as plans write it, and the cost of all of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from quiz.contest.rules.terms import CollectiveMeasure

MOST, MOST_AMOUNT = 1000, 10_000_000_000
_LINE = re.compile(
    r"[-+•*]?\s*(?:(?P<lead>\d{1,4})\s+)?(?P<name>[^\d\s:=][^:=]*?)"
    r"\s*(?:[:=]|,?\s*(?=mỗi giải|trị giá|[(]))\s*(?P<rest>.+)",
    re.I,
)
_BARE = re.compile(r"[-+•*]?\s*(?P<lead>\d{1,4})\s+(?P<name>(?!.*\b(?:triệu|nghìn|ngàn)\b)[^\d\s:=,;][^\d:=,;]*)", re.I)
"""A quantity and a name alone: no money is declared, in figures or in words."""
_NOTE = re.compile(r"\s*[(](?!mỗi giải|trị giá)[^()\d:=]+[)](?=\s*(?:[:=]|$))", re.I)
_QUANTITY = re.compile(r"(?P<quantity>\d{1,4})(?:\s*giải)?")
_COUNTED = re.compile(r"(?P<quantity>\d{1,4})\s*(?:giải\s*[,;x×]?|[x×])\s*(?P<money>.+)", re.I)
_MONEY = re.compile(
    r"(?:mỗi giải\s*)?(?:trị giá\s*)?(?P<number>\d[\d.,]*)\s*(?P<unit>nghìn|ngàn|triệu|tr|k)?\s*(?:đồng|đ|vnđ|vnd)?"
    r"\s*(?:/\s*(?:1\s*)?giải|một giải|mỗi giải)?\s*[.;,]?",
    re.I,
)
_TIMES = {"": 1, "k": 1000, "nghìn": 1000, "ngàn": 1000, "tr": 1_000_000, "triệu": 1_000_000}
MILLION = 1_000_000
_GRADE = re.compile(r"giải (nhất|nhì|ba)\b", re.I)
CEILINGS: dict[str, tuple[int, int]] = {
    "nhất": (9 * MILLION, 15 * MILLION),
    "nhì": (4_500_000, 10_500_000),
    "ba": (3 * MILLION, 7_500_000),
    "khuyến khích": (1_500_000, 4_500_000),
}
"""The most that a prize of a contest about law may cost, individual and collective: TT 56/2023/TT-BTC, Đ.3.13."""
OTHER_CEILING = 750_000


@dataclass(frozen=True)
class Tier:
    """A prize and its quantity; the amount is in đồng for each, None where none is declared.

    It is given in one bloc of the contest, in each bloc where `bloc` is None. A prize of units may have a `measure` of
    its own; without one it goes by the contest's.
    """

    name: str
    quantity: int
    amount: int | None = None
    bloc: int | None = None
    measure: CollectiveMeasure | None = field(default=None, repr=False)
    """Not in its repr, of which the digests of earlier decisions were made."""

    def __post_init__(self) -> None:
        if self.quantity < 0:
            raise ValueError("a prize cannot be awarded a negative number of times")
        if self.amount is not None and self.amount < 0:
            raise ValueError("an amount is not negative")


def read_tier(line: str) -> Tier | None:
    """Return the prize in a *line* of a plan; None where it cannot be read.

    The quantity stands before the name or after the colon, the amount of each after it.

    >>> read_tier("01 giải Nhất: 1.000.000 đồng")
    Tier(name='Giải Nhất', quantity=1, amount=1000000, bloc=None)
    >>> read_tier("Giải Nhì: 2") == read_tier("02 giải Nhì") == Tier("Giải Nhì", 2)
    True
    >>> read_tier("Giải Ba: 3 giải, mỗi giải 1,5 triệu đồng")
    Tier(name='Giải Ba', quantity=3, amount=1500000, bloc=None)
    >>> read_tier("05 giải Khuyến khích (100.000 đồng)")
    Tier(name='Giải Khuyến khích', quantity=5, amount=100000, bloc=None)
    >>> read_tier("03 giải Ba, mỗi giải 300.000 đồng")
    Tier(name='Giải Ba', quantity=3, amount=300000, bloc=None)
    >>> read_tier("01 giải Nhất: 1.000.000 đồng (khối trường)")
    Tier(name='Giải Nhất (khối trường)', quantity=1, amount=1000000, bloc=None)
    """
    line, note = _without_note(line.strip())
    match = _LINE.fullmatch(line) or _BARE.fullmatch(line)
    if match is None:
        return None
    name = f"{match['name'][:1].upper()}{match['name'][1:].rstrip()}{note}"
    rest = match.groupdict().get("rest")
    if rest is None:
        return _tier(name, match["lead"], None)
    if rest.startswith("(") and rest.endswith(")"):
        rest = rest[1:-1]
    if match["lead"] is not None:
        return _tier(name, match["lead"], rest)
    plain = _QUANTITY.fullmatch(rest)
    counted = plain or _COUNTED.fullmatch(rest)
    return _tier(name, counted["quantity"], None if plain else counted["money"]) if counted else None


def _without_note(line: str) -> tuple[str, str]:
    """Return *line* without words in brackets at its end or before its colon, and them, which belong to the name."""
    match = _NOTE.search(line)
    if match is None:
        return line, ""
    return line[: match.start()] + line[match.end() :], f" {match[0].strip()}"


def _tier(name: str, quantity: str, money: str | None) -> Tier | None:
    amount = None if money is None else read_amount(money)
    if not 1 <= int(quantity) <= MOST or (money is not None and amount is None):
        return None
    return Tier(name, int(quantity), amount)


def read_amount(text: str) -> int | None:
    """Return an amount in đồng; None where it cannot be read, or is not a whole number of đồng.

    Dots and commas group thousands before three digits; else a comma is decimal.

    >>> [read_amount(each) for each in ("1.000.000 đồng", "500 nghìn đồng", "1,5 triệu", "hai triệu")]
    [1000000, 500000, 1500000, None]
    """
    match = _MONEY.fullmatch(text.strip())
    if match is None:
        return None
    number = match["number"].rstrip(".,")
    grouped = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", number)
    digits = re.sub(r"[.,]", "", number) if grouped else number.replace(",", ".")
    try:
        amount = Decimal(digits) * _TIMES[(match["unit"] or "").lower()]
    except InvalidOperation:
        return None
    return int(amount) if amount == int(amount) and amount <= MOST_AMOUNT else None


def same_grade(tiers: Iterable[Tier]) -> tuple[Tier, Tier, str] | None:
    """Return two of *tiers* that are both a first, a second or a third prize by one measure, and the word for that.

    >>> found = same_grade([Tier("Giải Nhất về số lượt", 1), Tier("Giải Nhì", 1), Tier("Giải Nhất về chất lượng", 1)])
    >>> found[1].name, found[2]
    ('Giải Nhất về chất lượng', 'Nhất')
    """
    seen: dict[tuple[str, CollectiveMeasure | None], Tier] = {}
    for tier in tiers:
        found = _GRADE.match(tier.name)
        grade = found[1].capitalize() if found else ""
        key = grade, tier.measure
        if key in seen:
            return seen[key], tier, grade
        if grade:
            seen[key] = tier
    return None


def budget(tiers: Iterable[Tier], blocs: int = 0) -> int:
    """Return the cost of *tiers* in đồng, those of every bloc as often as there are *blocs*; those without an amount
    cost nothing.

    >>> budget([Tier("Giải Nhất", 1, 1_000_000), Tier("Giải Nhì", 2, 500_000), Tier("Giải Ba", 3)])
    2000000
    """
    return sum(tier.quantity * (tier.amount or 0) * (1 if tier.bloc else max(blocs, 1)) for tier in tiers)


def count(tiers: Iterable[Tier], blocs: int = 0) -> int:
    """Return the number of prizes of *tiers*, those of every bloc as often as there are *blocs*.

    >>> count([Tier("Giải Nhất", 1), Tier("Giải Nhì", 2, bloc=1)], 3)
    5
    """
    return sum(tier.quantity * (1 if tier.bloc else max(blocs, 1)) for tier in tiers)


@dataclass(frozen=True)
class PrizeBudget:
    """The cost of a contest's prizes in đồng: of people in each of its rounds, of people and of units once.

    The prizes of people are given in each of `blocs`, where the contest has any.
    """

    by_round: tuple[int, ...]
    collective: int
    blocs: int
    above: tuple[tuple[Tier, int], ...]
    """The prizes above the ceiling of TT 56/2023, each with it."""
    season: int = 0
    undeclared: tuple[str, ...] = ()
    """The names of the prizes without an amount."""

    @property
    def rounds(self) -> int:
        """How many rounds there are."""
        return len(self.by_round)

    @property
    def each_round(self) -> int | None:
        """The cost of one round; None where the rounds differ."""
        return self.by_round[0] if len(set(self.by_round)) == 1 else None

    @property
    def of_people(self) -> int:
        """The cost of the rounds together."""
        return sum(self.by_round)

    @property
    def total(self) -> int:
        """The sum for the whole contest."""
        return self.of_people + self.season + self.collective


def budget_of(
    rounds: Sequence[Collection[Tier]], season: Collection[Tier], collective: Collection[Tier], blocs: int = 0
) -> PrizeBudget:
    """Return the budget of a contest with these prizes in its *rounds*, those of its *season* and of units, and so many
    *blocs*; without amounts it is 0.

    >>> nothing, first, second = [Tier("Giải Ba", 3)], [Tier("Giải Nhất", 1, 500)], [Tier("Giải Nhất", 1, 700)]
    >>> same, other = budget_of([first, first], [], [], 3), budget_of([first, second], [], nothing)
    >>> (same.each_round, same.total), (other.each_round, other.total), other.undeclared
    ((1500, 3000), (None, 1200), ('Giải Ba',))
    """
    tiers = list(dict.fromkeys([*(tier for each in rounds for tier in each), *season]))
    above = above_ceiling(tiers, is_collective=False) + above_ceiling(collective, is_collective=True)
    undeclared = dict.fromkeys(tier.name for tier in [*tiers, *collective] if tier.amount is None)
    costs = tuple(budget(each, blocs) for each in rounds)
    of_season = budget(season, blocs)
    return PrizeBudget(costs, budget(collective), blocs, tuple(above), of_season, tuple(undeclared))


def ceiling(name: str, *, is_collective: bool) -> int:
    """Return the ceiling of TT 56/2023 in đồng for a prize of this *name*; that of other prizes for an unknown one.

    >>> ceiling("Giải Nhất", is_collective=False), ceiling("Giải tuần", is_collective=False)
    (9000000, 750000)
    """
    words = name.casefold()
    found = (pair for word, pair in CEILINGS.items() if re.search(rf"\b{word}\b", words))
    return next(found, (OTHER_CEILING, OTHER_CEILING))[is_collective]


def above_ceiling(tiers: Iterable[Tier], *, is_collective: bool) -> list[tuple[Tier, int]]:
    """Return those of *tiers* that cost more than the ceiling of TT 56/2023, each with it. A hint, not a refusal."""
    limits = [(tier, ceiling(tier.name, is_collective=is_collective)) for tier in tiers]
    return [(tier, most) for tier, most in limits if tier.amount is not None and tier.amount > most]


def written(tier: Tier, bloc: str = "") -> str:
    """Return a prize as a plan writes it, which `read_tier` reads; with the name of its *bloc*, for showing.

    >>> written(Tier("Giải Nhất", 1, 1_000_000)), written(Tier("Giải Nhì", 2))
    ('01 Giải Nhất: 1.000.000 đồng', '02 Giải Nhì')
    """
    name = f"{tier.name} ({bloc})" if bloc else tier.name
    if tier.amount is None:
        line = f"{tier.quantity:02} {name}"
        read = read_tier(line)
        return line if read is not None and read.name == name else f"{name}: {tier.quantity}"
    return f"{tier.quantity:02} {name}: " + f"{tier.amount:,} đồng".replace(",", ".")
