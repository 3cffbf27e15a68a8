"""What the rooms' jobs do: app.py hands it in, the worker finds it by its kind."""

from collections.abc import Callable, Mapping

from flask import Flask, current_app

from core.jobs.task import Outcome, Task

Handler = Callable[[Task], Outcome]
"""Does a job in the task's session without committing; says what it did. Errors pass through."""


def init_app(app: Flask, *, handlers: Mapping[str, Handler]) -> None:
    """Hand the handlers in, by kind."""
    app.extensions["jobs"] = dict(handlers)


def handlers() -> dict[str, Handler]:
    """The handlers of the running application, by kind."""
    found: dict[str, Handler] = current_app.extensions["jobs"]
    return found
