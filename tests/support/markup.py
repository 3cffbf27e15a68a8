"""The HTML of a page as the server sent it, and what the Nu checker says about it."""

import shutil
import subprocess
from pathlib import Path

from playwright.sync_api import Page, Response

CHECKER = Path(__file__).resolve().parents[2] / ".venv/node_modules/vnu-jar/build/dist/vnu.jar"


def has_checker() -> bool:
    """Return whether the checker and its java are installed."""
    return CHECKER.exists() and shutil.which("java") is not None


def errors(folder: Path) -> list[str]:
    """Return what the checker says about the documents in *folder*, a line per error."""
    command = ["java", "-jar", str(CHECKER), "--errors-only", "--format", "gnu", *map(str, sorted(folder.iterdir()))]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    return said.replace(f"file:{folder}/", "").splitlines()


class Shown:
    """The document that a page shows, as the server sent it: the browser's own tree has its errors mended."""

    def __init__(self, page: Page) -> None:
        self.reply: Response | None = None
        page.on("response", self._keep)

    def _keep(self, reply: Response) -> None:
        if reply.request.is_navigation_request() and reply.frame.parent_frame is None:
            self.reply = reply

    def source(self) -> str:
        assert self.reply is not None
        return self.reply.text()
