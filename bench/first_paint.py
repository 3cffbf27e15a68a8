"""Print when citizens' pages are painted on a slow phone, and what they load: python -m bench.first_paint ADDRESS.

The phone is simulated in Chromium: 400 kbit/s, a delay of 400 ms for each request, a processor six times slower, and
nothing in its cache. ADDRESS is that of a rating page in a served demo, as `make run` prints it; a rating is sent and a
person registered for each visit of a page that comes after a form. Names of pages after ADDRESS take these alone. RUNS
and RECEIPT (of a paper whose round is published, for one's own result) are taken from the environment. The first row
is a page of two letters, for what the line and a busy machine take by themselves; the logo is not weighed.
"""

import os
import secrets
import statistics
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, Page

from bench.pictures import browsing

RUNS = int(os.environ.get("RUNS", "5"))
RECEIPT = os.environ.get("RECEIPT", "")
LATEST_MS, SETTLING_MS = 1500, 1000
LARGEST_KB, MOST_REQUESTS = {"rating": 14, "paper": 14}, {"rating": 3, "paper": 3}
USUAL_KB = 60
LINE = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
PAINTED = """new Promise((done) => {
    const read = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
    const wait = () => read() ? done(read()) : setTimeout(wait, 50);
    wait();
})"""
CONTEST, SEASON = "/thi/cai-cach-hanh-chinh-2026", "/thi/lam-binh-2023"


@dataclass
class SlowVisit:
    """A first visit to one page: the browser's page, the demo's addresses, and the bytes that came, without headers."""

    page: Page
    base: str
    counter: str
    sizes: dict[str, float] = field(default_factory=dict)

    def open(self, path: str) -> None:
        """Open *path* on the slow line."""
        self.slow_down()
        self.page.goto(self.base + path, timeout=60_000)

    def press(self, button: str, shown: str) -> None:
        """Press *button*, and wait on the slow line for the page to which it leads, known by what is *shown*."""
        self.slow_down()
        self.page.get_by_role("button", name=button, exact=True).first.click()
        self.page.wait_for_selector(shown, state="attached", timeout=60_000)
        self.page.wait_for_load_state(timeout=60_000)

    def slow_down(self) -> None:
        """Make line and processor those of a slow phone, and measure what is loaded from now on."""
        line: Any = self.page.context.new_cdp_session(self.page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", LINE)
        line.send("Emulation.setCPUThrottlingRate", {"rate": 6})
        heads: dict[str, tuple[str, float]] = {}
        line.on("Network.responseReceived", lambda came: heads.update({came["requestId"]: _head(came["response"])}))
        line.on("Network.loadingFinished", lambda done: self._came(*heads.get(done["requestId"], ("data:", 0)), done))

    def _came(self, address: str, head: float, done: dict[str, Any]) -> None:
        if not address.startswith("data:") and (size := done["encodedDataLength"] - head) > 0:
            self.sizes[address] = size


def _head(response: dict[str, Any]) -> tuple[str, float]:
    """Return the address of a response, and the bytes of its headers."""
    return response["url"], response["encodedDataLength"]


Way = Callable[[SlowVisit], None]


def at(path: str) -> Way:
    """Return the way to the page at *path*."""
    return lambda visit: visit.open(path)


def thank(visit: SlowVisit) -> None:
    """Send a rating."""
    visit.page.goto(visit.base + visit.counter)
    visit.page.get_by_label("Rất hài lòng").check()
    visit.press("Gửi", "#receipt")


def register(visit: SlowVisit) -> None:
    """Register an invented person."""
    page = visit.page
    page.goto(f"{visit.base}{CONTEST}/dang-ky")
    page.fill("[name=name]", "Ma Thị Thử Máy Chậm")
    page.fill("[name=phone]", f"09{secrets.randbelow(10**8):08}")
    page.fill("[name=birth_year]", "1980")
    page.select_option("select[name=unit]", index=1)
    page.check("[name=consent]")


def registered(visit: SlowVisit) -> None:
    """Send the form of registration."""
    register(visit)
    visit.press("Đăng ký", "form[action*=vao-thi]")


def paper(visit: SlowVisit) -> None:
    """Begin a paper."""
    register(visit)
    visit.page.click("main form [type=submit]")
    visit.page.wait_for_selector("form[action*=vao-thi]", state="attached")
    visit.press("Bắt đầu làm bài", "#paper")


def handed_in(visit: SlowVisit) -> None:
    """Hand in a paper."""
    register(visit)
    for button, shown in (("Đăng ký", "form[action*=vao-thi]"), ("Bắt đầu làm bài", "#paper")):
        visit.page.get_by_role("button", name=button, exact=True).click()
        visit.page.wait_for_selector(shown, state="attached")
    for question in visit.page.locator("#paper fieldset").all():
        question.locator("[type=radio]").first.check()
    visit.page.get_by_label("Theo bạn, bao nhiêu người").fill("300")
    visit.press("Nộp bài", "#receipt")


def own_result(visit: SlowVisit) -> None:
    """Look up a paper by its receipt."""
    visit.page.goto(f"{visit.base}/thi/tra-cuu")
    visit.page.locator("main form input:not([type=hidden])").first.fill(RECEIPT)
    visit.press("Xem kết quả", ".own, main article, h1:not(:has(+ form))")


PAGES: dict[str, Way] = {
    "two letters": at("/healthz"),
    "front page": at("/"),
    "rating": lambda visit: visit.open(visit.counter),
    "thanks": thank,
    "offices": at("/ket-qua/"),
    "office": at("/ket-qua/lam-binh"),
    "counter": at("/ket-qua/lam-binh/quay/2"),
    "compare": at("/ket-qua/lam-binh/so-sanh?voi=binh-an"),
    "contests": at("/thi/"),
    "contest": at(CONTEST),
    "contest of a past season": at(SEASON),
    "registration": at(f"{CONTEST}/dang-ky"),
    "registered": registered,
    "entering": at(f"{CONTEST}/vao-thi"),
    "paper": paper,
    "handed in": handed_in,
    "board": at(f"{CONTEST}/bang"),
    "board of a past season": at(f"{SEASON}/bang"),
    "board to embed": at(f"/embed{CONTEST}/bang"),
    "honours": at(f"{SEASON}/bang-vang"),
    "prizes of units": at(f"{SEASON}/giai-tap-the"),
    "round results": at(f"{SEASON}/tuan/8"),
    "practice": at(f"{SEASON}/tuan/8/luyen-tap"),
    "look-up": at("/tra-cuu"),
    "look-up of a paper": at("/thi/tra-cuu"),
    "look-up of a rating": at("/danh-gia/tra-cuu"),
    "certificate": at("/thi/xac-minh"),
    "privacy": at("/quyen-rieng-tu"),
    "accessibility": at("/tro-nang"),
    "no such page": at("/khong-co"),
} | ({"own result": own_result} if RECEIPT else {})


def visit(browser: Browser, base: str, counter: str, way: Way) -> tuple[float, float, int]:
    """Return the milliseconds from the request to the first paint, the KB that came, and the number of requests."""
    with opened(browser) as page:
        page.add_init_script("delete Navigator.prototype.serviceWorker")  # what a worker passes on has no size here
        seen = SlowVisit(page, base, counter)
        way(seen)
        painted = float(page.evaluate(PAINTED))
        page.wait_for_timeout(SETTLING_MS)
        weighed = [size for address, size in seen.sizes.items() if "/bieu-trung/" not in address]
        return painted, sum(weighed) / 1024, len(seen.sizes)


@contextmanager
def opened(browser: Browser) -> Iterator[Page]:
    """Open a page of a phone's size in a browser that has visited nothing."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN")
    yield context.new_page()
    context.close()


def main(address: str, names: Iterable[str]) -> bool:
    """Print a row per page; return whether all are early and light enough."""
    held = True
    base, rating = urljoin(address, "/").rstrip("/"), urlsplit(address).path
    with browsing() as browser:
        for name in names:
            runs = [visit(browser, base, rating, PAGES[name]) for _ in range(RUNS)]
            times, (_, weight, requests) = sorted(painted for painted, *_ in runs), runs[0]
            median = statistics.median(times)
            span = f"{times[0]:.0f} to {times[-1]:.0f}"
            print(f"{name:28}{median:7.0f} ms ({span:12}){weight:7.1f} KB{requests:3}", flush=True)
            held &= median <= LATEST_MS and weight <= LARGEST_KB.get(name, USUAL_KB)
            held &= requests <= MOST_REQUESTS.get(name, requests)
    return held


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(not main(sys.argv[1], sys.argv[2:] or PAGES))
