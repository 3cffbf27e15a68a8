"""The pages of the prizes of the whole contest: staff call and decide, two people agree, everybody reads it."""

import hmac
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from uuid import UUID

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdfium2 import PdfDocument
from sqlalchemy import select

from account.models import Approval
from core.values.week import local_date
from quiz.attempt.models import Entry
from quiz.awards.queries.certificate import season_code
from quiz.awards.queries.season import draft_season
from quiz.contest.models import PrizeTier, Round
from quiz.results.operations import closing
from quiz.results.queries.entry_codes import MOST_LINES, CodeLine, DerivedOrder
from quiz.results.queries.season_prizes import find_season_decision
from tests.support.approval import agree, as_approver_reads
from tests.support.pages import Page
from tests.support.staff import desk_in, send

FIRST = "Giải Nhất chung cuộc"


@pytest.fixture
def over(session, season):
    """Return the contest with a prize of the season, both weeks published."""
    season.season_tiers = [PrizeTier(position=8, name=FIRST, quantity=1, amount=3_000_000, is_season=True)]
    for round in season.rounds:
        closing.mark_published(session, round, now=round.results_at)
    session.commit()
    return season


@pytest.fixture
def organiser(app, session, over):
    return desk_in(app, session, over.unit)


def page_of(contest):
    return f"/quan-tri/cuoc-thi/{contest.slug}/giai-chung-cuoc"


def text_of(answer):
    return Page(answer.text).text


def decided(app, session, organiser, over):
    send(organiser, page_of(over), to=f"{page_of(over)}/de-nghi", reason="")
    agree(app, session, session.scalars(select(Approval)).one())
    return find_season_decision(session, over)


def words_of(answer):
    assert answer.status_code == 200, answer
    paper = Document(BytesIO(answer.data))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return " ".join([*(each.text for each in paper.paragraphs), *cells])


def test_the_page_lists_who_is_in_line_with_their_sums(organiser, over):
    said = text_of(organiser.get(page_of(over)))

    assert "Hạng 1: Giải Nhất chung cuộc đã xác nhận" in said
    assert "8 câu đúng, 3:10, 2 tuần" in said


def test_one_person_asks_and_another_decides(app, organiser, session, over):
    send(organiser, page_of(over), to=f"{page_of(over)}/de-nghi", reason="")
    read = as_approver_reads(app, session, "season.decide", over.unit)
    assert find_season_decision(session, over) is None
    agree(app, session, session.scalars(select(Approval)).one())

    assert "Giàng A Páo" in read
    assert "3.000.000 đồng" in read
    assert find_season_decision(session, over).awards[0].tier == FIRST


def test_names_are_opened_before_somebody_is_called(organiser, session, over):
    person = draft_season(session, over, over.rounds[-1].results_at).seats[0].participant
    person.verified_at = None
    session.commit()
    before = text_of(organiser.get(page_of(over)))
    send(organiser, page_of(over), to=f"{page_of(over)}/mo-lien-he", reason="Gọi xác nhận")

    after = text_of(organiser.get(page_of(over)))
    send(organiser, page_of(over), to=f"{page_of(over)}/{person.id}/xac-nhan")

    assert "Giàng A Páo" not in before
    assert "Giàng A Páo" in after
    assert "Hạng 1: Giải Nhất chung cuộc đã xác nhận" in text_of(organiser.get(page_of(over)))


def test_the_approver_reads_who_was_passed_over_and_why(app, organiser, session, over):
    person = draft_season(session, over, over.rounds[-1].results_at).seats[0].participant
    person.verified_at = None
    session.commit()
    send(organiser, page_of(over), to=f"{page_of(over)}/mo-lien-he", reason="Gọi xác nhận")
    send(organiser, page_of(over), to=f"{page_of(over)}/{person.id}/bo-qua", why="Số máy không đúng")
    send(organiser, page_of(over), to=f"{page_of(over)}/de-nghi", reason="")

    read = as_approver_reads(app, session, "season.decide", over.unit)

    assert "hạng 1, xã Xuân Lập; gọi 0 lần không ai nghe máy" in read
    assert "Số máy không đúng" in read


def test_passing_over_needs_a_reason(organiser, session, over):
    person = draft_season(session, over, over.rounds[-1].results_at).seats[0].participant

    answer = send(organiser, page_of(over), to=f"{page_of(over)}/{person.id}/bo-qua", why="")

    assert answer.status_code == 422


def test_the_page_of_honours_names_the_winner_once_it_is_decided(app, client, organiser, session, over):
    before = text_of(client.get(f"/thi/{over.slug}/bang-vang"))
    decided(app, session, organiser, over)

    after = text_of(client.get(f"/thi/{over.slug}/bang-vang"))

    assert "chưa có quyết định" in before
    assert "Giải Nhất chung cuộc, 3.000.000 đồng Giàng A Páo" in after


def test_the_contest_page_states_the_articles_and_leads_to_the_winner(client, over):
    answer = client.get(f"/thi/{over.slug}")

    said = text_of(answer)
    assert f"/thi/{over.slug}/bang-vang#chung-cuoc" in answer.text
    assert "Giải Nhất chung cuộc trao một lần theo xếp hạng cả cuộc thi nêu trên" in said


def test_the_papers_name_the_winner_and_the_sums(app, organiser, session, over):
    assert "đây là danh sách đề nghị" in words_of(organiser.get(f"{page_of(over)}/bien-ban.docx"))
    decided(app, session, organiser, over)

    for name in ("quyet-dinh", "danh-sach-ky-nhan", "bien-ban"):
        words = words_of(organiser.get(f"{page_of(over)}/{name}.docx"))
        assert "Giàng A Páo" in words
        assert FIRST in words


def test_the_files_of_the_contest_say_that_a_later_correction_outdates_the_decision(app, organiser, session, over):
    decision = decided(app, session, organiser, over)
    files = f"/quan-tri/cuoc-thi/{over.slug}/ho-so"
    words = "Kết quả đã thay đổi sau quyết định này; cần quyết định lại."
    before = words_of(organiser.get(f"{files}/bao-cao-tong-ket.docx"))
    decision.digest = "0" * 32
    session.commit()

    after = words_of(organiser.get(f"{files}/bao-cao-tong-ket.docx"))
    book = load_workbook(BytesIO(organiser.get(f"{files}/so-lieu.xlsx").data))

    assert words not in before
    assert f"[{words}]" in after
    assert any(words in str(cell.value) for row in book["Giải chung cuộc"].iter_rows() for cell in row)


def test_a_certificate_carries_a_code_that_anybody_verifies(app, client, organiser, session, keyring, over):
    decision = decided(app, session, organiser, over)

    sheet = organiser.get(f"{page_of(over)}/giay-chung-nhan.pdf")

    assert len(PdfDocument(sheet.data)) == 1
    code = season_code(keyring, decision.awards[0])
    said = text_of(client.get(f"/thi/xac-minh?ma={code}"))
    assert "Giấy chứng nhận đúng với kết quả đang công bố" in said
    assert "Giàng A Páo" in said


def test_a_public_number_decides_among_equals_and_everyone_derives_the_order(
    app, client, organiser, session, over, monkeypatch
):
    day_after = over.rounds[-1].results_at + timedelta(days=1)
    monkeypatch.setattr("core.clock.now", lambda: day_after)
    over.rules = over.rules | {"ties": "draw", "draw_source": "XSMB", "season": over.rules["season"] | {"ties": []}}
    session.commit()
    tie = draft_season(session, over, day_after).ties.waiting[0]
    typed = {"held_on": local_date(day_after).isoformat(), "number": "04821"}

    send(organiser, f"{page_of(over)}/boc-tham/{tie.key}", **typed)
    agree(app, session, session.scalars(select(Approval).where(Approval.action == "season.draw")).one())
    send(organiser, page_of(over), to=f"{page_of(over)}/de-nghi", reason="")
    agree(app, session, session.scalars(select(Approval).where(Approval.action == "season.decide")).one())

    seed = sha256(f'["draw-v1","{over.slug}","chung-cuoc","XSMB","{typed["held_on"]}","04821"]'.encode()).digest()
    first = {
        ref: sha256(f'["entry-v1","{first_attempt(session, ref)}"]'.encode()).hexdigest() for ref in tie.group.refs
    }
    order = sorted(first, key=lambda ref: hmac.new(seed, first[ref].encode(), "sha256").digest())
    assert str(find_season_decision(session, over).awards[0].participant_id) == order[0]
    public = client.get(f"/thi/{over.slug}/bang-vang").text
    assert "XSMB" in public and all(code in public for code in first.values())
    article = "Bốc thăm cho giải của cả cuộc thi dùng XSMB, lần công bố đầu tiên sau ngày công bố đợt cuối."
    assert article in text_of(client.get(f"/thi/{over.slug}"))


def first_attempt(session, ref):
    """Return the attempt of a person in the first round that they took part in."""
    query = select(Entry.attempt_id).join(Round, Round.id == Entry.round_id).order_by(Round.number)
    return session.scalars(query.where(Entry.participant_id == UUID(ref))).first()


def test_the_organiser_draws_among_equals_and_the_decision_goes_by_it(
    app, client, organiser, session, keyring, over, monkeypatch
):
    monkeypatch.setattr("core.clock.now", lambda: over.rounds[-1].results_at)
    over.rules = over.rules | {"ties": "draw", "season": over.rules["season"] | {"ties": []}}
    session.commit()
    tie = draft_season(session, over, over.rounds[-1].results_at).ties.waiting[0]
    page = f"{page_of(over)}/boc-tham/{tie.key}"
    drawn = {"held_on": over.rounds[-1].results_at.date(), "place": "Hội trường xã", "ticket_1": "2"}

    send(organiser, page, **drawn, witness_1="Bà Lan", witness_2="Ông Tư")
    agree(app, session, session.scalars(select(Approval)).one())

    seat = draft_season(session, over, over.rounds[-1].results_at).winners[0]
    assert str(seat.participant_id) == tie.group.refs[1]
    assert "Hội trường xã" in text_of(organiser.get(page_of(over)))


def test_all_codes_of_a_draw_without_a_file_stand_on_its_page(app):
    lines = [CodeLine(at, at, f"{at:064x}") for at in range(1, MOST_LINES + 3)]
    order = DerivedOrder("Bốc thăm hạng 1", "XSMB", "04821", "[]", "0" * 64, lines)
    with app.test_request_context("/"):
        derived = app.jinja_env.get_template("quiz/results/_derived_order.html").module.derived
        alone, beside_a_file = derived(order), derived(order, "/so-lieu.csv")

    assert alone.count("<code>") - beside_a_file.count("<code>") == 2
