"""Scenes of background jobs as their owner sees them."""

from __future__ import annotations

from typing import Any

from bench.scenes.scene import SURVEY, Scene, at, press
from bench.stage.instance import Stage

JOBS = "/quan-tri/viec"


def ordered(page: Any, url: str, stage: Stage) -> None:
    """Posters for every office, just ordered."""
    at(SURVEY + "/to-treo")(page, url, stage)
    press(page, "Tạo tệp tờ treo")


def done(page: Any, url: str, stage: Stage) -> None:
    """The same job after the worker has finished."""
    ordered(page, url, stage)
    page.get_by_role("link", name="Tải").first.wait_for()


JOB_SCENES = [
    Scene("viec-to-treo", "In tờ treo của nhiều cơ quan", at(SURVEY + "/to-treo"), "officer"),
    Scene("viec-moi", "Một việc vừa đặt", ordered, "officer"),
    Scene("viec-xong", "Một việc đã xong", done, "officer"),
    Scene("viec", "Việc đang làm và đã làm", at(JOBS), "officer"),
]
