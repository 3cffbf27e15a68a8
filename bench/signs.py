"""Measure the signs of scripts on simulated rounds, honest and attacked: python -m bench.signs [ROUNDS]."""

import math
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from quiz.results.rules.clusters import find_clusters
from quiz.results.rules.reviewed import PaperSize, ReviewedEntry
from quiz.results.rules.signs import find_signs

SIZE = PaperSize(words=400, questions=10)
MINUTE, WEEK = 60_000, 7 * 24 * 60 * 60_000
ABLE, APART = 1.0, 0.5
"""How much people, and the halls, schools and carriers that they are in, differ in ability, in logits."""
LOCAL = 0.3
"""How often a wrong answer is the place's own favourite."""


@dataclass
class SimulatedRound:
    """A round under way: how hard its questions are and which wrong choices are popular; its entries so far."""

    draw: random.Random
    differs: bool
    entries: list[ReviewedEntry] = field(default_factory=list)

    def __post_init__(self) -> None:
        easy = self.draw.uniform(-1.0, 2.0)
        self.hard = [self.draw.gauss(-easy - 1.0, 0.8) for _ in range(SIZE.questions)]
        self.popular = [[self.draw.gammavariate(0.8, 1) for _ in "BCD"] for _ in range(SIZE.questions)]

    def place(self, address: str, people: int, minutes: float) -> None:
        """Add the honest entries of one address, begun within so many minutes of a random moment of the week.

        Larger places than families differ from each other, where the world says so.
        """
        at, is_home = self.draw.uniform(0, WEEK - minutes * MINUTE), people <= 5
        shift = 0.0 if is_home or not self.differs else self.draw.gauss(0, APART)
        favourites = [self.draw.choice("BCD") for _ in range(SIZE.questions)] if self.differs and not is_home else []
        for _ in range(people):
            self.add(address, at + self.draw.uniform(0, minutes) * MINUTE, wrong=self._wrong(shift, favourites))

    def add(self, address: str, at: float, **more: object) -> ReviewedEntry:
        """Add an entry, honest but for what *more* says; return it."""
        ref, wrong = str(len(self.entries)), more.get("wrong", frozenset())
        made = ReviewedEntry(
            ref=ref,
            begun_ms=int(at),
            duration_ms=max(12_000, int(150_000 * math.exp(self.draw.gauss(0, 0.6)))),
            is_own=True,
            is_first=True,
            is_perfect=not wrong,
            address=address.encode(),
            phone=f"09{self.draw.randrange(10**8):08}",
            name=f"name {ref}",
            birth_year=1980,
            unit_id=1,
        )
        self.entries.append(made._replace(**more))  # type: ignore[arg-type]
        return self.entries[-1]

    def _wrong(self, shift: float, favourites: list[str]) -> frozenset[tuple[str, str]]:
        able = self.draw.gauss(0, ABLE) + shift
        missed = [at for at, hard in enumerate(self.hard) if self.draw.random() > 1 / (1 + math.exp(hard - able))]
        return frozenset((str(at), self._choice(at, favourites)) for at in missed)

    def _choice(self, at: int, favourites: list[str]) -> str:
        if favourites and self.draw.random() < LOCAL:
            return favourites[at]
        return self.draw.choices("BCD", self.popular[at])[0]

    def strong(self) -> tuple[set[str], Counter[str], list[int]]:
        """Return the entries in clusters that need a decision, how often each sign is in one, and their sizes."""
        found = [each for each in find_clusters(find_signs(self.entries, (), SIZE, family=4)) if each.is_strong]
        signs = Counter(count.sign.value for each in found for count in each.signs)
        return {ref for each in found for ref in each.refs}, signs, [len(each.refs) for each in found]


def honest(draw: random.Random, *, differs: bool) -> SimulatedRound:
    """Return an honest round: families, halls, schools that come class by class, and carriers' shared addresses."""
    world = SimulatedRound(draw, differs)
    for at in range(draw.randint(100, 500)):
        world.place(f"home {at}", draw.choice([1, 1, 2, 2, 3, 4, 5]), 120)
    for at in range(draw.randint(1, 3)):
        world.place(f"hall {at}", draw.randint(50, 300), 10)
    for at in range(draw.randint(1, 4)):
        for _class in range(draw.randint(1, 6)):
            world.place(f"school {at}", draw.randint(20, 45), 30)
    for at in range(draw.randint(1, 3)):
        world.place(f"carrier {at}", draw.randint(100, 800), WEEK / MINUTE)
    return world


def crowd(draw: random.Random) -> SimulatedRound:
    """Return 500 honest people, one behind an address, as the rest of an attacked round."""
    world = SimulatedRound(draw, differs=True)
    for at in range(500):
        world.place(f"home {at}", 1, 1)
    return world


def diluted(wrong: float) -> Callable[[SimulatedRound], list[ReviewedEntry]]:
    """Return the attack of 60 entries behind one address, some with wrong answers, and 20 right ones of their own."""

    def attack(world: SimulatedRound) -> list[ReviewedEntry]:
        honest = [each.wrong for each in world.entries if each.wrong]
        made = [frozenset() if at >= 60 * wrong else world.draw.choice(honest) for at in range(60)]
        script = [
            world.add("script", WEEK / 2 + at * 20_000, wrong=wrong, duration_ms=95_000)
            for at, wrong in enumerate(made)
        ]
        for at in range(20):
            world.add(f"lone {at}", WEEK / 2 + at * MINUTE, duration_ms=95_000)
        return [each for each in script if each.is_perfect]

    return attack


def paused(groups: int, size: int, pause: int) -> Callable[[SimulatedRound], list[ReviewedEntry]]:
    """Return the attack of one address in *groups* of *size* right entries, *pause* minutes apart."""
    return lambda world: [
        world.add("script", (group * pause + at / size) * MINUTE, duration_ms=95_000)
        for group in range(groups)
        for at in range(size)
    ]


def rotating(wrong: int) -> Callable[[SimulatedRound], list[ReviewedEntry]]:
    """Return the attack of 40 entries with the same wrong answers within ten minutes, each behind its own address."""
    same = frozenset((str(at), "B") for at in range(wrong))
    return lambda world: [
        world.add(f"script {at}", WEEK / 2 - WEEK / 2 % (10 * MINUTE) + at * 10_000, wrong=same) for at in range(40)
    ]


def framed(world: SimulatedRound) -> list[ReviewedEntry]:
    """Two registered numbers beside an honest person's; the person is what is looked for."""
    rival = world.entries[0]
    for step in (1, 2):
        world.add(f"framer {step}", WEEK / 3 + step, phone=f"{int(rival.phone) + step:010}")
    return [rival]


ATTACKS: dict[str, Callable[[SimulatedRound], list[ReviewedEntry]]] = {
    "60 of one address, 10 % with wrong answers, 20 of their own": diluted(0.1),
    "60 of one address, 25 % with wrong answers, 20 of their own": diluted(0.25),
    "500 gatherings of 19, pauses of 11 minutes": paused(500, 19, 11),
    "20 gatherings of 5, pauses of 30 minutes": paused(20, 5, 30),
    "10 waves of 30, pauses of 20 minutes": paused(10, 30, 20),
    "40 with the same wrong answer, 40 addresses, ten minutes": rotating(1),
    "40 with the same two wrong answers, 40 addresses, ten minutes": rotating(2),
    "an honest person with two registered numbers beside theirs": framed,
}


def run(rounds: int) -> Iterator[str]:
    """Yield what is found of each attack, then the false alarms of honest rounds."""
    for name, attack in ATTACKS.items():
        found, wrongly, total, tries = 0, 0, 0, max(1, rounds // 10)
        for seed in range(tries):
            world = crowd(random.Random(seed))
            script = {each.ref for each in attack(world)}
            strong, _signs, _sizes = world.strong()
            found, total = found + len(script & strong), total + len(script)
            wrongly += len([ref for ref in strong - script if int(ref) < 500])
        yield f"{name}: {100 * found / total:.0f} % in clusters, {wrongly / tries:.1f} of 500 honest people with them"
    for differs in (False, True):
        yield _false_alarms(rounds, differs=differs)


def _false_alarms(rounds: int, *, differs: bool) -> str:
    alarms, people, signs, sizes = 0, 0, Counter[str](), list[int]()
    for seed in range(rounds):
        world = honest(random.Random(1000 + seed), differs=differs)
        strong, borne, found = world.strong()
        people, sizes = people + len(world.entries), sizes + found
        alarms, signs = alarms + bool(strong), signs + borne
    kind = "whose places differ" if differs else "whose places are alike"
    return (
        f"{rounds} honest rounds {kind}, {people} people: {alarms} with a cluster to decide on, "
        f"{sum(sizes)} people in {len(sizes)} {dict(signs)}"
    )


if __name__ == "__main__":
    for line in run(int(sys.argv[1]) if len(sys.argv) > 1 else 200):
        print(line, flush=True)
