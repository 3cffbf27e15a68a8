"""Certificates: printed for those whose names may be read, and verified by anybody."""

from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pypdfium2
import pytest
import zxingcpp
from sqlalchemy import select, update

from account.models import Account, AuditEntry
from account.operations.audit import SYSTEM
from core import clock
from core.commands.worker import Worker
from core.jobs.models import Job
from core.values.codes import in_fours
from quiz.awards import jobs
from quiz.awards.manage import certificates as manage
from quiz.awards.queries.certificate import code_of
from quiz.awards.queries.naming import list_winner_lines
from quiz.contest.models import Participant
from quiz.results.models import Result, Winner
from quiz.results.operations.contact import grant_contact_access
from quiz.results.queries.result import find_result
from tests.factories import make_contest
from tests.support.pages import Page
from tests.support.staff import send


def address(week):
    return f"/quan-tri/cuoc-thi/{week.contest.slug}/tuan/{week.number}/ho-so"


def print_them(client, week):
    return send(client, address(week), to=f"{address(week)}/giay-chung-nhan")


def open_contacts(session, week):
    account = session.scalar(select(Account.id))
    grant_contact_access(
        session, SYSTEM, week, account_id=account, people="winners", reason="Trao giải", now=clock.now()
    )
    session.commit()


@pytest.fixture
def published(session, week):
    week.published_at = week.results_at
    session.commit()
    return week


def codes(session, keyring, week):
    """Return the code of each winner by name."""
    result = find_result(session, week)
    lines = list_winner_lines(session, keyring, week, result, {"winners"}, clock.now())
    return {line.name: code_of(keyring, result, line) for line in lines}


def verified(client, code):
    answer = client.get("/thi/xac-minh", query_string={"ma": code})
    return answer.status_code, Page(answer.text).text


def test_every_confirmed_prize_gets_a_page_whose_symbol_leads_to_its_verification(
    session, client, organiser, published
):
    open_contacts(session, published)

    pdf = pypdfium2.PdfDocument(BytesIO(print_them(organiser, published).data))

    assert len(pdf) == 4
    (symbol,) = zxingcpp.read_barcodes(pdf[0].render(scale=3).to_pil(), formats=zxingcpp.BarcodeFormat.QRCode)
    url = urlsplit(symbol.text)
    assert (url.netloc.lower(), url.path) == ("lang-nghe.example", "/thi/xac-minh")
    status, page = verified(client, parse_qs(url.query)["ma"][0])
    assert (status, "Giấy chứng nhận đúng với kết quả đang công bố" in page) == (200, True)
    assert "Giải Nhất" in page
    text = pdf[0].get_textpage().get_text_range()
    assert "Giàng A Páo" in text
    assert in_fours(parse_qs(url.query)["ma"][0]) in text


def test_without_an_opening_only_those_who_are_named_in_public_get_one(organiser, published):
    pdf = pypdfium2.PdfDocument(BytesIO(print_them(organiser, published).data))

    assert len(pdf) == 2
    page = Page(organiser.get(address(published)).text).text
    assert "2 giấy chứng nhận" in page
    assert "Thiếu 2 giấy của người chưa mở họ tên." in page


def test_before_the_publication_there_are_none(session, client, keyring, organiser, week):
    open_contacts(session, week)

    answer = print_them(organiser, week)

    assert (answer.status_code, answer.location) == (302, address(week))
    assert verified(client, codes(session, keyring, week)["Giàng A Páo"])[0] == 404


def test_opened_names_on_certificates_are_in_the_audit_trail(session, organiser, published):
    print_them(organiser, published)
    open_contacts(session, published)
    print_them(organiser, published)

    taken = session.scalars(select(AuditEntry.after).where(AuditEntry.action == "file.take")).all()
    assert taken == ['{"file":"giay-chung-nhan.pdf","people":4}']


def test_the_public_page_names_by_the_rule_of_naming(session, client, keyring, published):
    found = codes(session, keyring, published)

    pages = {name: verified(client, code)[1] for name, code in found.items()}

    assert "Giàng A Páo" in pages["Giàng A Páo"]
    assert "Lò Thị Bé" not in pages["=Lò Thị Bé"]
    assert "tên bắt đầu bằng chữ B" in pages["=Lò Thị Bé"]
    assert "Ma Thị Hoà" not in pages["Ma Thị Hoà"]
    assert "tên bắt đầu bằng" not in pages["Ma Thị Hoà"]


def test_a_code_typed_with_hyphens_small_letters_and_spaces_is_read(session, client, keyring, published):
    code = codes(session, keyring, published)["Giàng A Páo"]

    assert verified(client, f" {in_fours(code).lower()} ")[0] == 200


def test_a_certificate_of_a_corrected_prize_says_that_it_is_void(session, client, keyring, published):
    code = codes(session, keyring, published)["Giàng A Páo"]
    first = update(Winner).where(Winner.round_id == published.id, Winner.rank == 1)
    session.execute(first.values(state="passed"))
    session.commit()

    status, page = verified(client, code)

    assert (status, "Giấy chứng nhận này không còn hiệu lực" in page) == (200, True)
    assert "Giàng A Páo" not in page


def test_a_certificate_of_a_prize_that_became_another_says_that_it_is_void(session, client, keyring, published):
    code = codes(session, keyring, published)["Giàng A Páo"]
    was = session.scalars(select(Winner).where(Winner.round_id == published.id, Winner.rank == 1)).one()
    seat = {"position": 2, "rank": 2, "tier": "Giải Nhì", "state": "confirmed"}
    figures = {"turns": 8, "people": 8, "perfect": 4, "differences": [], "made_at": published.results_at}
    session.add(Result(round_id=published.id, version=2, **figures))
    session.flush()
    session.add(Winner(round_id=published.id, version=2, participant_id=was.participant_id, **seat))
    session.commit()

    status, page = verified(client, code)

    assert (status, "Giấy chứng nhận này không còn hiệu lực" in page) == (200, True)


def test_a_trial_has_no_certificate(session, client, keyring, published):
    code = codes(session, keyring, published)["Giàng A Páo"]
    published.contest.trial_of_id, published.contest.is_draft = make_contest(session).id, True
    session.commit()

    assert verified(client, code)[0] == 404


def test_an_erased_person_is_named_no_more_and_the_prize_is_still_verified(session, client, keyring, published):
    code = codes(session, keyring, published)["Giàng A Páo"]
    session.execute(update(Participant).values(person_id=None))
    session.commit()

    status, page = verified(client, code)

    assert (status, "đúng với kết quả" in page) == (200, True)
    assert "Giàng" not in page


def test_made_up_codes_are_not_found_and_soon_have_to_wait(session, client, published):
    statuses = [verified(client, f"{'BCFGHJKMNPQRSTVXZ'[at % 17]}" * 20)[0] for at in range(40)]

    assert (statuses[0], statuses[-1]) == (404, 429)


def test_an_empty_field_asks_for_the_code(client):
    answer = client.get("/thi/xac-minh?ma=")

    assert (answer.status_code, "Xin nhập mã trên giấy chứng nhận." in answer.text) == (422, True)
    assert client.get("/thi/xac-minh").status_code == 200


def test_many_certificates_are_written_by_a_job(app, session, organiser, published, monkeypatch):
    monkeypatch.setattr(manage, "CERTIFICATES_IN_A_PAGE", 1)
    open_contacts(session, published)

    answer = print_them(organiser, published)

    job = session.scalars(select(Job)).one()
    assert (answer.status_code, job.kind) == (302, jobs.CERTIFICATES)
    session.rollback()
    Worker(app).work(is_burst=True)
    pdf = pypdfium2.PdfDocument(BytesIO(organiser.get(f"/quan-tri/viec/{job.id}/ket-qua").data))
    taken = session.scalars(select(AuditEntry.after).where(AuditEntry.action == "file.take")).all()
    assert (len(pdf), taken) == (4, ['{"file":"giay-chung-nhan.pdf","people":4}'])


def test_a_code_too_short_is_answered_with_its_length(client):
    answer = client.get("/thi/xac-minh?ma=7K3M-9QXZ")

    assert "Mã gồm 20 chữ và số, ở đây có 8. Xin gõ đủ mã trên giấy." in answer.text
