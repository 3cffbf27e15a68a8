"""Attack the real server with scripts over HTTP and print what each of them moved: python -m bench.attacks."""

import re
import sqlite3
import statistics
import tempfile
import threading
import time
from collections import Counter as Tally
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import httpx
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from account.operations.audit import TERMINAL
from commune.queries.offices import find_office
from core import clock, schema
from core.crypto import new_code, new_key
from quiz.contest.models import Contest, Participant, Round
from quiz.results.operations.closing import close_round
from quiz.results.operations.review import decide_clusters, preview_clusters
from quiz.results.queries.result import find_result, list_winners
from quiz.results.queries.review import list_undecided
from quiz.results.rules.corrections import ExclusionReason
from survey.counter.models import Counter
from survey.counter.queries.counters import list_counters
from survey.figures.queries.figures import figures_of
from survey.instrument.rules.levels import Level
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.rules.channels import Channel
from tests.factories import make_attempt, make_participant
from tests.support.crowd import Crowd
from tests.support.pages import Pairs
from tests.support.served import ServedInstance, round_of, serve_instance
from tests.support.visitor import Answer, Visitor

HONEST, SCRIPTED, HALL, EARLIER, STUFFED, WAITING, GUESSERS = 34, 300, 300, 200, 500, 80, 16
HELD, WATCHED = 20.0, 6.0
"""Seconds that the write lock is held, and that passwords are guessed."""
FAMILIES = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ"]
GIVENS = ["An", "Bình", "Chiến", "Dung", "Giang", "Hạnh", "Khuyên", "Liên", "Mùi", "Nga", "Oanh", "Páo"]
RIGHT = re.compile(r'<input(?=[^>]*name="(q\d+)")(?=[^>]*value="([^"]+)")[^>]*>\s*<span>\w\. Đúng</span>')
"""A choice whose text says that it is right (`tests.factories.make_questions`)."""
PHONES = ["Oppo A58", "SM-A155F", "Redmi 13C", "vivo Y36", "iPhone 11"]


def name_of(at: int) -> str:
    """Return an invented name, another for each number below 1,440."""
    return f"{FAMILIES[at % 10]} {GIVENS[at // 120 % 12]} {GIVENS[at // 10 % 12]}"


def take_part(visitor: Visitor, slug: str, *, name: str, phone: str, guess: int, **headers: str) -> int:
    """Register a person and answer everything right; return the status of the last request."""
    form = visitor.get(f"/thi/{slug}/dang-ky", **headers).page.form("gui")
    filled = form.filled(name=name, phone=phone, birth_year=1980, consent="y", key=new_key())
    entered = send(visitor, f"/thi/{slug}/dang-ky", filled, **headers)
    if entered.status != 201:
        return entered.status
    begun = send(visitor, f"/thi/{slug}/vao-thi", entered.page.form("vao-thi").pairs, **headers)
    right = dict(RIGHT.findall(begun.html))
    paper = begun.page.form("nop-bai").filled(**right, guess=guess)
    return send(visitor, f"/thi/{slug}/nop-bai", paper, **headers).status


def send(visitor: Visitor, path: str, pairs: Pairs, **headers: str) -> Answer:
    """Post a form, again after half a second each time that the server is busy, as a person does."""
    for _ in range(60):
        answer = visitor.post(path, pairs, **headers)
        if answer.status != 503:
            break
        time.sleep(0.5)
    return answer


def scripted_prizes(served: ServedInstance) -> Iterator[str]:
    """One client registers 300 invented phones, answers all right at once and guesses the number of honest people."""
    slug = served.new_contest()
    with served.session() as session:
        honest = _honest_people(session, served, slug)
    crowd, began = Crowd(served), time.perf_counter()

    def one(at: int) -> int:
        return take_part(crowd.visitor(), slug, name=name_of(at), phone=f"0977{at:06}", guess=HONEST // 2)

    replies = Tally(crowd.do(one, range(SCRIPTED)))
    yield f"prizes: {SCRIPTED} invented phones in {time.perf_counter() - began:.0f} s, replies {dict(replies)}"
    served.change_round(slug, closes_at=clock.now() - timedelta(minutes=2))
    with served.session() as session:
        round, now = round_of(session, slug), clock.now()
        close_round(session, served.keyring, TERMINAL, round, now=now)
        yield f"  at the close: {_outcome(session, round, honest)}"
        clusters = list_undecided(session, round)
        if clusters:
            decide_clusters(
                session,
                TERMINAL,
                round,
                [each.number for each in clusters],
                ExclusionReason.CHEATING,
                seen=preview_clusters(session, round, clusters).excluding,
                reason="Một kịch bản",
                now=now,
            )
        sizes = [each.size for each in clusters]
        yield f"  clusters of {sizes} excluded by one decision: {_outcome(session, round, honest)}"


def _outcome(session: Session, round: Round, honest: set[object]) -> str:
    result = find_result(session, round)
    assert result is not None
    called = [winner.participant_id in honest for winner in list_winners(session, result)]
    return f"target of the guess {result.target}; to be called {len(called)}, of whom invented {called.count(False)}"


def _honest_people(session: Session, served: ServedInstance, slug: str) -> set[object]:
    """Submit the papers of honest people over two days, half of them all right; return their ids."""
    round = round_of(session, slug)
    for at in range(HONEST):
        someone = make_participant(session, served.keyring, round.contest, name=name_of(1000 + at), now=clock.now())
        make_attempt(
            session,
            served.keyring,
            round,
            participant=someone,
            correct=2 + at % 2,
            seconds=95 + 7 * at,
            guess=10 + at,
            started_at=round.opens_at + timedelta(minutes=37 * at),
        )
    found = select(Participant.id).join(Contest).where(Contest.slug == slug)
    return set(session.scalars(found))


def hall(served: ServedInstance) -> Iterator[str]:
    """300 honest people of one hall take part behind one address, 16 at a time."""
    slug, crowd, began = served.new_contest(), Crowd(served), time.perf_counter()

    def one(at: int) -> int:
        agent, address = f"Mozilla/5.0 ({PHONES[at % 5]}; {at})", "203.0.113.7"
        return take_part(
            crowd.visitor(),
            slug,
            name=name_of(at),
            phone=f"0{35 + at % 4}{at * 7919 % 10**6:06}{at % 10}",
            guess=100 + at,
            User_Agent=agent,
            X_Forwarded_For=address,
        )

    replies = Tally(crowd.do(one, range(HALL)))
    yield f"hall: {HALL} people behind one address in {time.perf_counter() - began:.0f} s, replies {dict(replies)}"


def stuffed_counter(served: ServedInstance) -> Iterator[str]:
    """One client sends 500 ratings of level 5 from one page load, at a counter with 200 honest ones."""
    with served.session() as session:
        for at in range(EARLIER):
            record_rating(
                session,
                served.keyring,
                _counter(session, served),
                Opinion(Level(5 if at % 6 else 2)),
                channel=Channel.OPEN,
                receipt=new_code(),
                now=clock.now() - timedelta(days=14),
            )
    before, crowd = _headline(served), Crowd(served)
    with Visitor(served.live.url) as visitor:
        form = visitor.get(served.rating).page.form("gui")
    began = time.perf_counter()

    def one(_at: int) -> int:
        return crowd.visitor().post(served.rating, form.filled(level=5, key=new_key())).status

    replies = Tally(crowd.do(one, range(STUFFED)))
    yield f"counter: {STUFFED} ratings in {time.perf_counter() - began:.0f} s, replies {dict(replies)}"
    yield f"  headline before: {before}; after: {_headline(served)}"


def _counter(session: Session, served: ServedInstance) -> Counter:
    office = find_office(session, served.office)
    assert office is not None
    return list_counters(session, office)[0]


def _headline(served: ServedInstance) -> str:
    """Return the figure that the public sees once this week is over."""
    with served.session() as session:
        later = (clock.now() + timedelta(days=8)).date()
        card = figures_of(session, [_counter(session, served)], later).card
        return (
            "none"
            if card is None
            else f"{100 * card.share:.1f} % of {card.n} ({100 * card.low:.1f}-{100 * card.high:.1f})"
        )


def held_lock(served: ServedInstance) -> Iterator[str]:
    """80 ratings wait behind a write lock that is held for 20 seconds, while somebody reads."""
    with Visitor(served.live.url) as visitor:
        form = visitor.get(served.rating).page.form("gui")
    holder = sqlite3.connect(served.database_url.removeprefix("sqlite:///"), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    release = threading.Timer(HELD, lambda: None)

    def one(_at: int) -> tuple[int, float]:
        began = time.perf_counter()
        with Visitor(served.live.url) as visitor:
            visitor.http.timeout = httpx.Timeout(120)
            status = visitor.post(served.rating, form.filled(level=4, key=new_key())).status
        return status, time.perf_counter() - began

    with _watching(served, served.rating) as reads:
        release.start()
        writers = threading.Thread(target=lambda: posts.extend(Crowd(served, WAITING).do(one, range(WAITING))))
        posts: list[tuple[int, float]] = []
        writers.start()
        release.join()
        holder.rollback()
        writers.join()
    holder.close()
    replies, slowest = Tally(status for status, _ in posts), max(took for _, took in posts)
    yield f"lock: {WAITING} ratings behind a lock of {HELD:.0f} s, replies {dict(replies)}, slowest {slowest:.1f} s"
    yield f"  reads meanwhile: {len(reads)}, slowest {max(reads):.1f} s"


def guessed_passwords(served: ServedInstance) -> Iterator[str]:
    """16 clients guess passwords without a pause while a citizen opens a rating page."""
    with _watching(served, served.rating) as quiet:
        time.sleep(WATCHED)
    stop, replies = threading.Event(), Tally[int]()

    def guess(at: int) -> None:
        with Visitor(served.live.url) as visitor:
            form = visitor.get("/quan-tri/dang-nhap").page.form("")
            while not stop.is_set():
                filled = form.filled(email=f"la{at}-{time.perf_counter_ns()}@lang-nghe.example", password="đoán mò")
                replies[visitor.post("/quan-tri/dang-nhap", filled).status] += 1

    guessers = [threading.Thread(target=guess, args=(at,)) for at in range(GUESSERS)]
    with _watching(served, served.rating) as busy:
        for guesser in guessers:
            guesser.start()
        time.sleep(WATCHED)
        stop.set()
        for guesser in guessers:
            guesser.join()
    yield f"passwords: {GUESSERS} clients guess for {WATCHED:.0f} s, replies {dict(replies)}"
    yield f"  a citizen's page, ms, median and 95th: {_spread(quiet)} before, {_spread(busy)} meanwhile"


def _spread(seconds: list[float]) -> str:
    return f"{1000 * statistics.median(seconds):.0f} and {1000 * statistics.quantiles(seconds, n=20)[18]:.0f}"


@contextmanager
def _watching(served: ServedInstance, path: str) -> Iterator[list[float]]:
    """Open *path* ten times a second until the block ends; yield the seconds that each took."""
    took, stop = [0.0], threading.Event()

    def watch() -> None:
        with Visitor(served.live.url) as visitor:
            visitor.http.timeout = httpx.Timeout(120)
            while not stop.wait(0.1):
                began = time.perf_counter()
                visitor.get(path)
                took.append(time.perf_counter() - began)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield took
    finally:
        stop.set()
        watcher.join()


ATTACKS: tuple[Callable[[ServedInstance], Iterator[str]], ...] = (
    scripted_prizes,
    hall,
    stuffed_counter,
    held_lock,
    guessed_passwords,
)


def run(folder: Path) -> None:
    """Print what every attack moved, each on an instance of its own."""
    for attack in ATTACKS:
        place = folder / attack.__name__
        place.mkdir()
        url = f"sqlite:///{place / 'served.sqlite3'}"
        schema.upgrade(create_engine(url))
        with serve_instance("sqlite", place, url) as served:
            for line in attack(served):
                print(line, flush=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as here:
        run(Path(here))
