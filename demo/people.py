"""Invented people: names common around Lâm Bình, and telephone numbers that no operator has assigned."""

from dataclasses import dataclass

from commune.models import Unit
from demo.chance import Chance
from quiz.contest.operations.registration import Identity

FAMILIES = {
    "Ma": 16, "Hoàng": 13, "Nguyễn": 13, "Triệu": 9, "Bàn": 8, "Đặng": 6, "Lý": 6, "Chẩu": 5, "Nông": 5, "Quan": 4,
    "Hứa": 3, "La": 3, "Vàng": 3, "Sùng": 3, "Giàng": 3, "Lục": 2, "Phùng": 2, "Chúc": 2, "Vũ": 2, "Bế": 2,
}  # fmt: skip
WOMEN_BETWEEN = ("Thị", "Thị", "Thị", "Thị Thu", "Thị Minh", "Thị Bích", "Thanh", "Thùy", "Kim")
WOMEN = (
    "Hương", "Hoa", "Lan", "Mai", "Huệ", "Thơm", "Thảo", "Yến", "Nhung", "Duyên", "Hiền", "Loan", "Liễu", "Xuân",
    "Thắm", "Nguyệt", "Hạnh", "Diệp", "Mến", "Sen", "Vân", "Quỳnh", "Chiêm", "Tuyết", "Hồng", "Dung",
)  # fmt: skip
MEN_BETWEEN = ("Văn", "Văn", "Văn", "Đình", "Xuân", "Đức", "Quang", "Công", "Thế", "Ngọc")
MEN = (
    "Hùng", "Dũng", "Tuấn", "Thành", "Long", "Toàn", "Khánh", "Thắng", "Huy", "Đạt", "Quân", "Vinh", "Tiến", "Chiến",
    "Bảo", "Kiên", "Nghĩa", "Hiếu", "Thịnh", "Đoàn", "Luân", "Tùng", "Sinh", "Hòa", "Việt", "Đông",
)  # fmt: skip
IN_THE_NEWS = frozenset({"Nguyễn Thị Hồng", "Nguyễn Văn Hùng", "Nguyễn Văn Thắng", "Lý Thị Lan"})
"""Names that the lists above can form and that belong to people in office."""
NO_OPERATOR = "071"
"""A prefix that no Vietnamese mobile operator has, so that no real person can be called by mistake."""
SHARED = 0.14
"""The share of people who register under a relative's phone."""
MOST_A_PHONE = 4


@dataclass(frozen=True)
class Member:
    """A possible participant; `slot` is the place on a phone that a family shares."""

    identity: Identity
    unit: Unit
    slot: int
    eager: float
    skill: float


class People:
    """Makes people, all different within a contest."""

    def __init__(self, chance: Chance, year: int) -> None:
        self._chance = chance
        self._year = year
        self._known: set[Identity] = set()
        self._phones: set[str] = set()

    def village(self, unit: Unit, count: int) -> list[Member]:
        """Return *count* people of *unit*; some are of one family and share its phone."""
        members: list[Member] = []
        for _ in range(count):
            last = members[-1] if members else None
            is_family = last is not None and last.slot < MOST_A_PHONE and self._chance.random() < SHARED
            members.append(self._member(unit, last if is_family else None))
        return members

    def _member(self, unit: Unit, relative: Member | None) -> Member:
        chance = self._chance
        while True:
            family = relative.identity.name.split()[0] if relative else None
            phone = relative.identity.phone if relative else self._phone()
            identity = Identity(self._name(family), phone, self._birth_year())
            if identity not in self._known and identity.name not in IN_THE_NEWS:
                break
        self._known.add(identity)
        return Member(
            identity=identity,
            unit=unit,
            slot=relative.slot + 1 if relative else 1,
            eager=chance.lognormvariate(0, 0.8),
            skill=chance.lognormvariate(0, 0.6),
        )

    def _name(self, family: str | None) -> str:
        chance = self._chance
        family = family or chance.pick(tuple(FAMILIES), tuple(FAMILIES.values()))
        if chance.random() < 0.54:
            return f"{family} {chance.choice(WOMEN_BETWEEN)} {chance.choice(WOMEN)}"
        return f"{family} {chance.choice(MEN_BETWEEN)} {chance.choice(MEN)}"

    def _phone(self) -> str:
        while True:
            phone = f"{NO_OPERATOR}{self._chance.randrange(10**7):07}"
            if phone not in self._phones:
                self._phones.add(phone)
                return phone

    def _birth_year(self) -> int:
        """Return a birth year for ages 14 to 76, mostly of working age."""
        return self._year - round(self._chance.between(14, 76, 36, 0.38))
