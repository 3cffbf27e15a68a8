"""Print when the rating and the paper are first painted on a slow phone: python -m bench.first_paint URL PATH ...

The phone is simulated in Chromium: 400 kbit/s, a delay of 400 ms, a processor six times slower. URL is a served demo,
PATHs are those of a counter's code, or of a contest (/thi/NAME): there the paper is, which an invented person opens
after registering.
"""

import os
import secrets
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page

from bench.pictures import browsing

RUNS = int(os.environ.get("RUNS", "5"))
LATEST_MS = 1500
LINE = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
PAINTED = """new Promise((done) => {
    const read = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
    const wait = () => read() ? done(read()) : setTimeout(wait, 50);
    wait();
})"""


def first_paint(browser: Browser, address: str) -> float:
    """Return the milliseconds from the request for *address* to its first paint, with nothing in the cache."""
    with opened(browser) as page:
        slow_down(page)
        page.goto(address, timeout=60_000)
        return float(page.evaluate(PAINTED))


def first_paint_of_paper(browser: Browser, contest: str) -> float:
    """Return the milliseconds from a tap on *Bắt đầu làm bài* to the first paint of the paper."""
    with opened(browser) as page:
        page.goto(f"{contest}/dang-ky")
        page.fill("[name=name]", "Ma Thị Thử Máy Chậm")
        page.fill("[name=phone]", f"09{secrets.randbelow(10**8):08}")
        page.fill("[name=birth_year]", "1980")
        page.select_option("select[name=unit]", index=1)
        page.check("[name=consent]")
        page.click("main form [type=submit]")
        slow_down(page)
        page.get_by_role("button", name="Bắt đầu làm bài").click()
        page.wait_for_selector("#paper", timeout=60_000)
        return float(page.evaluate(PAINTED))


@contextmanager
def opened(browser: Browser) -> Iterator[Page]:
    """Open a page of a phone's size in a browser that has visited nothing."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def slow_down(page: Page) -> None:
    """Make line and processor those of a slow phone."""
    line: Any = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": 6})


def main(base: str, paths: list[str]) -> bool:
    """Print a row per page; return whether every median is early enough."""
    held = True
    with browsing() as browser:
        for path in paths:
            paint = first_paint_of_paper if path.startswith("/thi/") else first_paint
            times = sorted(paint(browser, base + path) for _ in range(RUNS))
            median = statistics.median(times)
            print(f"{path:44}{median:8.0f} ms  ({times[0]:.0f} to {times[-1]:.0f})", flush=True)
            held &= median <= LATEST_MS
    return held


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(not main(sys.argv[1].rstrip("/"), sys.argv[2:]))
