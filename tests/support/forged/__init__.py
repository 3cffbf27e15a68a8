"""Forged forms: for every POST route a state in which its form would take effect, and the form's fields."""

from tests.support.forged import account, after, contest, people, plans, survey
from tests.support.forged.scenario import Scenario

PARTS = account, plans, contest, after, people, survey
SCENARIOS: dict[str, Scenario] = {key: scenario for part in PARTS for key, scenario in part.SCENARIOS.items()}
"""URL rule → how its form is sent; a route with several forms has a key for each: the rule, a space and a word."""


def rule_of(key: str) -> str:
    """The URL rule of a scenario.

    >>> rule_of("/thi/quyen-cua-toi ask")
    '/thi/quyen-cua-toi'
    """
    return key.partition(" ")[0]
