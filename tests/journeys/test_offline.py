"""A phone without signal: the rating page from its store, ratings that wait, a paper that stays as it is."""

import json
import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from account.rules.permissions import Role
from core import clock
from core.values.week import local_date, monday_of
from quiz.attempt.models import Attempt
from survey.counter.queries.printed import address_of
from survey.rating.models import Rating
from tests.factories import make_contest, make_counter, make_unit
from tests.journeys.steps import THANKS, code_on, heading, press, rate, register

KEPT = "Có mạng, ông/bà mở lại trang này thì máy tự gửi."
ONE_WAITS = "Lượt đánh giá đang chờ gửi (1)"
UNSENT_PAPER = "Mạng đang yếu, bài chưa gửi được. Bấm Nộp bài lần nữa; câu trả lời vẫn còn trên máy."
BELIEVES_IN_ITS_CONNECTION = "Object.defineProperty(Navigator.prototype, 'onLine', { get: () => true })"
STORED = """async () => {
  const found = {};
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) {
      const reply = await caches.match(request, { cacheName: name });
      found[`${name} ${new URL(request.url).pathname}`] = await reply.text();
    }
  }
  return found;
}"""
"""Everything in the browser's caches: the text by cache and path."""


def answer_all(page) -> None:
    """Answer every question of an open paper rightly, and guess 48."""
    for question in page.locator("form fieldset").all():
        question.get_by_label("A Đúng").check()
    page.get_by_label("Theo bạn, bao nhiêu người").fill("48")


def wait_for(page, found: str) -> None:
    """Wait until the expression *found* is true; Playwright's own waiting needs an eval, which the pages' policy
    forbids.
    """
    page.evaluate(f"new Promise(done => {{ const look = () => {found} ? done(true) : setTimeout(look, 50); look() }})")


@pytest.fixture
def counter(village):
    with village.session() as session:
        return make_counter(session, number=2, name="Đất đai")


@pytest.fixture
def printed(village, counter):
    return f"{village.url}/q/{address_of(village.keyring, counter)}"


@pytest.fixture
def contest(village):
    monday = monday_of(local_date(clock.now()))
    with village.session() as session:
        units = [make_unit(session), make_unit(session, name="xã Minh Quang")]
        slug = make_contest(session, unit=units[0], units=units, first_day=monday, weeks=2).slug
        return f"{village.url}/thi/{slug}"


def levels_of(village, counter):
    with village.session() as session:
        return [each.level for each in session.scalars(select(Rating).where(Rating.counter_id == counter.id))]


def open_once(page, address):
    """Open a page and wait until the browser has stored it."""
    page.goto(address)
    until(page, lambda: any(name.endswith(" /page") for name in page.evaluate(STORED)))


def until(page, is_so):
    """Wait until *is_so* holds, ten seconds at most."""
    for _ in range(100):
        if is_so():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it did not come true")


def rate_without_signal(page, level="Không hài lòng"):
    page.get_by_label(level, exact=True).check()
    press(page, "Gửi")
    expect(page.get_by_text(KEPT)).to_be_visible()


def summary(page, words):
    return page.locator("summary").filter(has_text=words)


def come_back(context, page, address):
    """Open a page with signal again, which the page before had not noticed."""
    page.goto("about:blank")
    context.set_offline(False)
    page.goto(address)


def waiting(page):
    """Return what IndexedDB holds of waiting ratings."""
    return page.evaluate("queue.list()")


def all_stored(page):
    """Return everything that the browser stores for this site, as text."""
    local = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    return local + json.dumps([waiting(page), page.evaluate(STORED)], ensure_ascii=False)


def test_a_rating_without_signal_waits_and_is_recorded_once_when_the_page_is_opened_again(
    village, counter, printed, context, page
):
    open_once(page, printed)
    context.set_offline(True)
    page.goto(printed)
    expect(page.get_by_text("Mạng yếu: trang này máy đã giữ.")).to_be_visible()
    rate_without_signal(page)
    listed = summary(page, ONE_WAITS)
    expect(listed).to_be_visible()
    expect(page.get_by_text("Không hài lòng", exact=True).locator("visible=true")).to_have_count(0)
    listed.click()
    expect(page.locator("[data-waiting] li")).to_contain_text("Quầy 2: Đất đai")
    assert levels_of(village, counter) == []

    come_back(context, page, printed)
    summary(page, "Đã gửi (1)").click()

    assert levels_of(village, counter) == [2]
    page.goto(printed)
    expect(page.locator("[data-waiting]")).to_be_hidden()
    assert waiting(page) == []
    assert levels_of(village, counter) == [2]


def test_a_rating_whose_connection_breaks_off_waits_and_is_recorded_once(village, counter, printed, context, page):
    page.add_init_script(BELIEVES_IN_ITS_CONNECTION)
    open_once(page, printed)
    context.set_offline(True)
    rate_without_signal(page)
    assert waiting(page)[0]["tried"]
    come_back(context, page, printed)

    expect(summary(page, "Đã gửi (1)")).to_be_visible()
    assert levels_of(village, counter) == [2]


def test_a_rating_that_was_sent_later_leads_to_its_receipt(village, counter, printed, context, page):
    page.goto(printed)
    context.set_offline(True)
    rate_without_signal(page)
    context.set_offline(False)

    summary(page, "Đã gửi (1)").click()
    expect(page.locator("[data-waiting] li")).not_to_contain_text("hài lòng")
    press(page, "Nói thêm, xem mã")

    expect(heading(page)).to_have_text(THANKS)
    assert len(code_on(page)) == 19
    assert levels_of(village, counter) == [2]


def test_the_front_page_sends_what_waits(village, counter, printed, context, page):
    page.goto(printed)
    context.set_offline(True)
    rate_without_signal(page)
    come_back(context, page, village.url)

    expect(summary(page, "Đã gửi (1)")).to_be_visible()
    assert levels_of(village, counter) == [2]


def test_two_tabs_that_send_the_same_at_once_make_one_rating(village, counter, printed, context, page):
    page.goto(printed)
    other = context.new_page()
    other.goto(village.url)
    context.set_offline(True)
    rate_without_signal(page)
    page.goto("about:blank")
    other.goto("about:blank")
    context.set_offline(False)
    page.goto(printed, wait_until="commit")
    other.goto(printed, wait_until="commit")
    until(page, lambda: levels_of(village, counter) and not waiting(page))

    assert waiting(page) == []
    assert levels_of(village, counter) == [2]


def test_the_same_rating_sent_five_times_at_once_is_one(village, counter, printed, context, page):
    page.goto(printed)
    context.set_offline(True)
    rate_without_signal(page)
    page.evaluate("self.kept = null; queue.list().then(([one]) => { self.kept = one; })")
    wait_for(page, "self.kept")
    context.set_offline(False)

    came = page.evaluate(
        """async () => {
            const send = () => queue.put(self.kept).then(() => queue.send(self.kept, ""));
            return (await Promise.all([1, 2, 3, 4, 5].map(send))).map(({ why }) => why);
        }"""
    )

    assert set(came) <= {"sent", "deleted"}
    assert levels_of(village, counter) == [2]


def test_background_sync_leaves_place_and_time_until_they_are_seen(village, counter, printed, context, page):
    workers = context.new_cdp_session(page)
    found = []
    workers.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    workers.send("ServiceWorker.enable")
    open_once(page, printed)
    context.set_offline(True)
    rate_without_signal(page)
    (kept,) = waiting(page)
    page.evaluate("(key) => queue.drop(key)", kept["key"])
    come_back(context, page, printed)
    rate(page, "Hài lòng")  # a page that sends nothing by itself
    page.evaluate("(kept) => queue.put(kept)", kept)

    at = {"origin": village.url, "registrationId": found[-1]["registrationId"]}
    workers.send("ServiceWorker.dispatchSyncEvent", at | {"tag": "ratings", "lastChance": True})
    until(page, lambda: waiting(page)[0].get("why"))

    (left,) = waiting(page)
    assert left.pop("key") != kept["key"]
    assert left == {"place": kept["place"], "at": kept["at"], "why": "sent"}
    assert kept["key"] not in all_stored(page)
    page.goto(printed)
    summary(page, "Đã gửi (1)").click()
    expect(page.locator("[data-waiting] li")).not_to_contain_text("hài lòng")
    assert waiting(page) == []
    assert sorted(levels_of(village, counter)) == [2, 4]


def test_a_rating_whose_reply_alone_was_lost_is_sent_by_one_tap(village, counter, printed, context, page):
    page.goto(printed)
    context.set_offline(True)
    rate_without_signal(page)
    expect(page.locator("[data-stored] .clock")).to_be_visible()
    page.evaluate("self.real = fetch; self.fetch = () => { self.lost = 1; return Promise.reject(new TypeError()); }; 0")
    context.set_offline(False)
    wait_for(page, "self.lost")
    page.evaluate("self.fetch = self.real; null")
    summary(page, ONE_WAITS).click()
    press(page, "Gửi ngay")

    expect(page.get_by_role("heading", name="Đã gửi. Cảm ơn ông/bà.")).to_be_visible()
    expect(page.locator("[data-stored] .clock")).to_be_hidden()
    assert levels_of(village, counter) == [2]


def test_a_rating_that_was_deleted_is_never_sent(village, counter, printed, context, page):
    page.goto(printed)
    context.set_offline(True)
    rate_without_signal(page)
    summary(page, ONE_WAITS).click()
    press(page, "Xóa lượt này")
    expect(page.locator("[data-waiting]")).to_be_hidden()
    come_back(context, page, printed)
    expect(page.get_by_role("button", name="Gửi", exact=True)).to_be_visible()

    assert waiting(page) == []
    assert levels_of(village, counter) == []


def alter(page, changes):
    """Change the one rating that waits, as time would."""
    page.evaluate(f"queue.list().then(([one]) => queue.put({{ ...one, ...{changes} }}))")


def test_a_rating_that_waited_for_too_long_is_shown_again_and_sent_by_one_tap(village, counter, printed, context, page):
    page.goto(printed)
    context.set_offline(True)
    rate_without_signal(page)
    alter(page, "{ pairs: one.pairs.map(([name, value]) => [name, name === 'form_token' ? 'cũ' : value]) }")
    come_back(context, page, printed)

    summary(page, "Chưa gửi được (1)").click()
    expect(page.get_by_text("Chưa được ghi: lượt này đã chờ quá lâu.")).to_be_visible()
    assert levels_of(village, counter) == []
    press(page, "Xem và gửi lại")
    expect(page.get_by_text("Trang đã mở quá lâu. Xin bấm gửi một lần nữa.").first).to_be_visible()
    expect(page.get_by_label("Không hài lòng", exact=True)).to_be_checked()
    press(page, "Gửi")

    expect(heading(page)).to_have_text(THANKS)
    page.goto(printed)
    expect(page.locator("[data-waiting]")).to_be_hidden()
    assert waiting(page) == []
    assert levels_of(village, counter) == [2]


def test_a_rating_of_a_counter_that_was_closed_meanwhile_is_kept_and_offered_to_another(
    village, counter, printed, context, page
):
    open_once(page, printed)
    with village.session() as session:
        other = make_counter(session, number=3, name="Hộ tịch", office=session.merge(counter).office)
    context.set_offline(True)
    page.goto(printed)
    rate_without_signal(page)
    with village.session() as session:
        session.get_one(type(counter), counter.id).closed_on = local_date(clock.now())
    come_back(context, page, printed)
    until(page, lambda: page.goto(printed) and heading(page).text_content() == "Quầy này đã đóng")
    page.goto(village.url)
    summary(page, "Chưa gửi được (1)").click()
    expect(page.get_by_text("Chưa được ghi: quầy đã thay mã hoặc đã đóng.")).to_be_visible()
    press(page, "Xem và gửi lại")
    expect(page.get_by_label("Không hài lòng", exact=True)).to_be_checked()
    press(page, "Gửi đánh giá về Quầy 3 Hộ tịch")

    expect(heading(page)).to_have_text(THANKS)
    assert (levels_of(village, counter), levels_of(village, other)) == ([], [2])
    assert waiting(page) == []
    assert not [name for name in page.evaluate(STORED) if printed.rpartition("/")[2].upper() in name]


def test_a_rating_that_may_have_arrived_a_day_ago_is_not_sent_again(village, counter, printed, context, page):
    page.goto(printed)
    context.set_offline(True)
    rate_without_signal(page)
    alter(page, "{ tried: Date.now() - 24 * 3600e3 }")
    come_back(context, page, printed)
    summary(page, "Chưa gửi được (1)").click()

    expect(page.get_by_text("Không rõ đã được ghi chưa")).to_be_visible()
    assert levels_of(village, counter) == []


def test_a_reply_that_is_no_receipt_leaves_the_rating_waiting(village, counter, printed, context, page):
    page.goto(printed)
    context.set_offline(True)
    rate_without_signal(page)
    alter(page, "{ action: '/quyen-rieng-tu' }")
    page.evaluate("self.fetch = async () => new Response('<h1>Wi-Fi</h1>')")
    context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_timeout(500)

    expect(summary(page, ONE_WAITS)).to_be_visible()
    assert len(waiting(page)) == 1


def test_a_rating_without_a_level_is_not_kept(printed, context, page):
    page.goto(printed)
    context.set_offline(True)
    press(page, "Gửi")

    expect(page.get_by_text("Ông/bà chưa chọn mức nào.")).to_be_focused()
    assert waiting(page) == []


def test_where_nothing_is_stored_a_rating_without_signal_stays_on_its_page(village, counter, printed, context, page):
    page.add_init_script("delete IDBFactory.prototype.open; delete Navigator.prototype.serviceWorker; ")
    page.goto(printed)
    context.set_offline(True)
    page.get_by_label("Không hài lòng", exact=True).check()
    press(page, "Gửi")
    expect(page.get_by_text("Mạng đang yếu, lượt này chưa gửi được.")).to_be_visible()
    context.set_offline(False)

    press(page, "Gửi")

    expect(heading(page)).to_have_text(THANKS)
    assert levels_of(village, counter) == [2]


def test_nothing_of_a_rating_is_stored_once_it_is_sent(village, counter, printed, context, page):
    page.goto(printed)
    context.set_offline(True)
    rate_without_signal(page, "Rất hài lòng")
    key = waiting(page)[0]["key"]
    assert "device" not in dict(waiting(page)[0]["pairs"])
    come_back(context, page, printed)
    expect(summary(page, "Đã gửi (1)")).to_be_visible()

    assert key not in all_stored(page)
    assert waiting(page) == []


def test_no_receipt_and_no_page_of_the_staff_is_ever_in_a_cache(village, counter, printed, context, page, desk):
    open_once(page, printed)
    rate(page, "Không hài lòng")
    receipt = code_on(page)
    with village.session() as session:
        unit = session.merge(counter).office.unit
    officer = desk(Role.MANAGER, unit)
    open_once(officer, printed)
    officer.goto(f"{village.url}/quan-tri/")

    pages = page.evaluate(STORED)
    assert receipt not in json.dumps(pages)
    assert {name.rpartition(" ")[2] for name in pages if not re.search(r" /static/|/bieu-trung/", name)} == {"/page"}
    assert officer.evaluate("navigator.serviceWorker.controller") is None
    assert "/quan-tri" not in json.dumps(officer.evaluate(STORED))


def test_a_page_with_a_query_or_a_redirect_is_not_stored(village, printed, page):
    open_once(page, printed)
    before = sorted(page.evaluate(STORED))
    for end in ("?thay=1", "?x=1", "/"):
        page.goto(printed + end)
        expect(page.get_by_role("button", name="Gửi", exact=True)).to_be_visible()

    assert sorted(page.evaluate(STORED)) == before


def test_a_poisoned_copy_lasts_until_the_next_signal_and_its_script_never_runs(printed, context, page):
    open_once(page, printed)
    page.evaluate(
        """async () => {
            const cache = await caches.open((await caches.keys())[0]);
            const page = await cache.match("/page");
            const text = (await page.text()).replace("<h1", "<h1>Giả</h1><h1");
            await cache.put("/page", new Response(text, { headers: page.headers }));
            const script = (await cache.keys()).find(({ url }) => url.includes(".js"));
            const type = { "Content-Type": "text/javascript" };
            await cache.put(script, new Response("self.poisoned = true", { headers: type }));
        }"""
    )
    context.set_offline(True)
    page.goto(printed)
    assert page.get_by_text("Giả", exact=True).count() == 1
    assert page.evaluate("self.poisoned") is None
    context.set_offline(False)

    until(page, lambda: page.goto(printed) and "Giả" not in page.content())

    until(page, lambda: "Giả" not in json.dumps(page.evaluate(STORED), ensure_ascii=False))


def begin(page, contest, phone):
    page.goto(f"{contest}/dang-ky")
    register(page, phone=phone)
    press(page, "Bắt đầu làm bài")
    expect(heading(page)).to_have_text("Bài thi tuần 1")


def attempts_of(village, contest):
    with village.session() as session:
        return [each.submitted_at is not None for each in session.scalars(select(Attempt))]


def test_a_paper_without_signal_stays_filled_in_and_is_handed_in_once(village, contest, context, page):
    before = len(attempts_of(village, contest))
    begin(page, contest, "0912345601")
    answer_all(page)
    context.set_offline(True)
    press(page, "Nộp bài")
    expect(page.get_by_role("alert").filter(has_text=UNSENT_PAPER)).to_be_focused()
    expect(page.get_by_label("Theo bạn, bao nhiêu người")).to_have_value("48")

    context.set_offline(False)
    press(page, "Nộp bài")

    expect(heading(page)).to_have_text("Bạn đã nộp bài")
    assert attempts_of(village, contest)[before:] == [True]


def test_a_paper_whose_connection_breaks_off_stays_filled_in_and_is_handed_in_once(village, contest, context, page):
    before = len(attempts_of(village, contest))
    page.add_init_script(BELIEVES_IN_ITS_CONNECTION)
    begin(page, contest, "0912345603")
    wait_for(page, "navigator.serviceWorker.controller")
    context.set_offline(True)
    answer_all(page)
    press(page, "Nộp bài")
    expect(page.get_by_role("alert").filter(has_text=UNSENT_PAPER)).to_be_focused()
    expect(page.get_by_label("Theo bạn, bao nhiêu người")).to_have_value("48")
    context.set_offline(False)

    press(page, "Nộp bài")

    expect(heading(page)).to_have_text("Bạn đã nộp bài")
    assert attempts_of(village, contest)[before:] == [True]


def test_a_paper_that_is_reloaded_without_signal_says_that_its_answers_are_kept(village, contest, context, page):
    begin(page, contest, "0912345602")
    page.get_by_role("group", name="Câu 2").get_by_label("B Sai").check()
    until(page, lambda: any(name.endswith(" /page") for name in page.evaluate(STORED)))
    context.set_offline(True)
    page.evaluate("scrollTo(0, 9999)")
    page.reload()
    expect(page.get_by_text("câu trả lời vẫn còn trên máy này")).to_be_in_viewport()
    assert "Câu 2/3" not in json.dumps(page.evaluate(STORED), ensure_ascii=False)

    context.set_offline(False)
    page.reload()

    expect(page.get_by_role("group", name="Câu 2").get_by_label("B Sai")).to_be_checked()


def test_a_break_where_no_worker_runs_keeps_the_rating_and_sends_it_later(browser, village, printed, counter):
    page = browser.new_context(service_workers="block").new_page()
    page.add_init_script(BELIEVES_IN_ITS_CONNECTION)
    page.goto(printed)

    page.route("**/*", lambda route: route.abort())
    rate_without_signal(page)
    page.unroute("**/*")
    page.goto(printed)

    expect(summary(page, "Đã gửi (1)")).to_be_visible()
    assert levels_of(village, counter) == [2]


def test_where_no_worker_runs_a_rating_is_sent_once_however_often_it_is_tapped(browser, village, printed, counter):
    page = browser.new_context(service_workers="block").new_page()
    page.goto(printed)

    page.get_by_label("Hài lòng", exact=True).check()
    page.get_by_role("button", name="Gửi", exact=True).dblclick()

    expect(heading(page)).to_have_text(THANKS)
    assert levels_of(village, counter) == [4]


def test_ratings_that_were_sent_meanwhile_are_not_said_to_wait(page, village, printed, counter):
    open_once(page, printed)
    page.context.set_offline(True)
    rate_without_signal(page)

    page.context.set_offline(False)

    expect(page.get_by_role("heading", name="Đã gửi. Cảm ơn ông/bà.")).to_be_visible()
    expect(page.get_by_role("heading", name="Chưa gửi được")).to_have_count(0)


UNSENT_WORDS = "Mạng đang yếu, lời này chưa gửi được."


@pytest.mark.parametrize("workers", ["allow", "block"])
def test_words_without_signal_stay_on_their_page_and_are_added_once(browser, village, printed, counter, workers):
    page = browser.new_context(service_workers=workers).new_page()
    page.add_init_script(BELIEVES_IN_ITS_CONNECTION)
    open_once(page, printed) if workers == "allow" else page.goto(printed)
    rate(page, "Không hài lòng")
    page.get_by_label("Góp ý thêm").fill("Phải đi lại ba lần.")
    page.context.set_offline(True)
    press(page, "Gửi thêm")
    expect(page.get_by_role("alert").filter(has_text=UNSENT_WORDS)).to_be_focused()
    expect(page.get_by_label("Góp ý thêm")).to_have_value("Phải đi lại ba lần.")
    page.context.set_offline(False)

    press(page, "Gửi thêm")

    expect(page.get_by_role("status")).to_contain_text("Đã nhận lời nói thêm của ông/bà.")
    with village.session() as session:
        comments = session.scalars(select(Rating.comment).where(Rating.counter_id == counter.id)).all()
    assert comments == ["Phải đi lại ba lần."]
