"""A script with invented people against honest ones of one hall, over HTTP, up to the target after the review."""

import os
import random
import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from account.rules.permissions import Role
from core import clock
from core.crypto import new_key
from quiz.attempt.models import AttemptEvidence
from quiz.contest.models import Contest
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import SETTLING
from quiz.results.models import ClusterEntry, EntryCluster
from quiz.results.queries.result import find_result, list_winners
from tests.factories import make_account
from tests.support.pages import Page
from tests.support.served import round_of
from tests.support.staff import COOKIE, cookie_of

SCRIPTED, HALL = (300, 300) if os.environ.get("LONG") else (60, 40)
AT_HOME = 12
WAITING = "/quan-tri/phe-duyet/"
SECOND = timedelta(seconds=1)
draw = random.Random(12)


class Village:
    """A contest over HTTP, and people who register, begin and submit: each from a browser of their own."""

    def __init__(self, served, visitor):
        self.served, self.visitor = served, visitor
        self.slug = served.new_contest(tiers=(Tier("Giải Nhất", 1), Tier("Giải Nhì", 2)))
        self.path = f"/thi/{self.slug}"
        self.register = visitor.get(f"{self.path}/dang-ky").page.form()
        self.enter = visitor.get(f"{self.path}/vao-thi").page.form()

    def take(self, name, phone, *, address, seconds=0, answers="AAA", guess=9, keeps_cookie=False):
        """Take part from the first page to the receipt; return the statuses of the three posts."""
        facts = {"name": name, "phone": phone, "birth_year": draw.randrange(1950, 2005), "consent": "y"}
        registered = self.post("dang-ky", self.register, address, 0, **facts)
        begun = self.post("vao-thi", self.enter, address, seconds, code=registered.receipt)
        paper = begun.page.form("nop-bai")
        chosen = dict(zip(("q1", "q2", "q3"), answers, strict=True))
        submitted = self.post("nop-bai", paper, address, 0, **chosen, guess=guess)
        if not keeps_cookie:
            self.visitor.http.cookies.clear()
        return registered.status, begun.status, submitted.status

    def post(self, where, form, address, seconds, **fields):
        """Post a form from *address*, as the trusted proxy passes it on, so many seconds ago."""
        stamp = f"t={(clock.now() - seconds * SECOND).timestamp():.3f}"
        pairs = form.filled(key=new_key(), **fields)
        return self.visitor.post(f"{self.path}/{where}", pairs, X_Forwarded_For=address, X_Request_Start=stamp)

    def honest(self, at, address):
        """Take part as somebody who reads: at least eight seconds, with mistakes now and then."""
        answers = "AAA" if at % 4 == 0 else draw.choice(("AAB", "ABA", "BBA"))
        return self.take(
            f"{draw.choice(FAMILIES)} {draw.choice(GIVENS)}",
            f"03{draw.randrange(10**8):08}",
            address=address,
            seconds=draw.randrange(8, 55),
            answers=answers,
            guess=3,
        )

    def end(self):
        """Let the round end and its papers arrive."""
        now = clock.now()
        past = {"opens_at": now - timedelta(days=2), "closes_at": now - SETTLING - SECOND}
        self.served.change_round(self.slug, **past, results_at=now)


FAMILIES = ("Giàng", "Lò", "Bàn", "Ma", "Vàng", "Nguyễn", "Hoàng", "Nông", "Lý", "Chẩu")
GIVENS = ("Thị Hoà", "A Páo", "Văn Bình", "Thị Chi", "Seo Dìn", "Thị Mai", "Văn Cường", "Thị Lan", "Minh Đức", "Thu Hà")


@pytest.fixture
def village(served, visitor):
    return Village(served, visitor)


class Organiser:
    """An organiser and an approver in one browser, one after the other."""

    def __init__(self, served, visitor, slug):
        self.visitor, self.path = visitor, f"/quan-tri/cuoc-thi/{slug}/tuan/1"
        with served.session() as session:
            unit = session.scalars(select(Contest).where(Contest.slug == slug)).one().unit
            account = make_account(session, unit=unit)
            approver = make_account(session, unit=unit, role=Role.APPROVER)
            self.emails = account.email, approver.email
        self.served = served
        self.sign_in(self.emails[0])

    def sign_in(self, email, page="/quan-tri/tai-khoan"):
        self.visitor.http.cookies.clear()
        self.visitor.http.cookies.set(COOKIE, cookie_of(self.served.app, email))
        self.visitor.get(page)
        self.visitor.http.cookies.delete(COOKIE, domain="")  # the server's cookie holds the form's secret

    def send(self, page, to="", **fields):
        forms = self.visitor.get(page).page.forms
        form = next(form for form in forms if form.method == "post" and form.action in ({to} if to else {"", page}))
        return self.visitor.post(to or page, form.filled(**fields))


def facts_of(served, slug):
    """Return the newest result, its winners' count, and the strong clusters of the round."""
    with served.session() as session:
        round = round_of(session, slug)
        result = find_result(session, round)
        clusters = select(EntryCluster).where(EntryCluster.round_id == round.id, EntryCluster.is_strong)
        return result.target, len(list_winners(session, result)), [each.size for each in session.scalars(clusters)]


@pytest.mark.both_databases
def test_b42_invented_people_are_one_cluster_and_excluding_it_gives_the_target_back(served, visitor, village):
    honest = [village.honest(at, f"198.51.100.{at}") for at in range(AT_HOME)]
    scripted = [
        village.take(f"Máy {draw.choice(FAMILIES)} {draw.choice(GIVENS)}", f"0912{at:06}", address="203.0.113.9")
        for at in range(SCRIPTED)
    ]
    village.end()
    organiser = Organiser(served, visitor, village.slug)
    organiser.send(f"{organiser.path}/chot")
    before, pending, sizes = facts_of(served, village.slug)
    with served.session() as session:
        flagged = session.scalar(
            select(func.count())
            .select_from(ClusterEntry)
            .where(ClusterEntry.round_id == round_of(session, village.slug).id)
        )

    page = f"{organiser.path}/ra-soat/1"  # the first click opens the review, the second this cluster
    asked = organiser.send(page, decision="cheating", reason="Cùng một máy, 0 giây")  # and the third sends it
    organiser.sign_in(organiser.emails[1])
    request = next(link for link in visitor.get(WAITING).page.links if re.fullmatch(rf"{WAITING}[0-9a-f-]{{36}}", link))
    organiser.send(request, to=f"{request}/dong-y")

    after, winners, _ = facts_of(served, village.slug)
    assert {*honest, *scripted} == {(201, 200, 201)}
    assert asked.status == 303
    assert sizes == [SCRIPTED]
    assert flagged >= 0.995 * SCRIPTED
    assert (before, after) == (SCRIPTED + 3, 3)
    assert pending > 3
    assert winners <= 3


@pytest.mark.both_databases
def test_f21_honest_people_of_one_hall_are_all_let_in_and_no_cluster(served, visitor, village):
    elsewhere = [village.honest(at, f"198.51.100.{at}") for at in range(AT_HOME)]
    hall = [village.honest(at, "203.0.113.5") for at in range(HALL)]
    village.end()
    organiser = Organiser(served, visitor, village.slug)
    organiser.send(f"{organiser.path}/chot")

    with served.session() as session:
        round = round_of(session, village.slug)
        kept = session.scalar(select(func.count()).select_from(AttemptEvidence))
        assert kept >= HALL
        assert find_result(session, round).people == HALL + AT_HOME
    assert {*elsewhere, *hall} == {(201, 200, 201)}
    assert facts_of(served, village.slug)[2] == []
    assert "không có cụm nào cần quyết định" in Page(visitor.get(organiser.path).html).text


def test_b43_a_paper_begun_on_a_device_that_has_shown_it_is_flagged(served, visitor, village):
    village.take("Lò Thị Đọc Trước", "0987000001", address="203.0.113.5", seconds=30, answers="BBB", keeps_cookie=True)
    village.take("Lò Thị Làm Sau", "0987654321", address="203.0.113.5", seconds=10)
    village.end()
    organiser = Organiser(served, visitor, village.slug)
    organiser.send(f"{organiser.path}/chot")

    page = visitor.get(f"{organiser.path}/ra-soat").text

    assert "2 bài làm trên máy mà người khác cũng dùng để thi. Cả đợt có 2 trong 2 bài như vậy." in page
