"""Forged forms: for every POST route the state in which its deed would happen, and what its form sends."""

from tests.support.forged import account, contest, people, survey
from tests.support.forged.scenario import Scenario

SCENARIOS: dict[str, Scenario] = account.SCENARIOS | contest.SCENARIOS | people.SCENARIOS | survey.SCENARIOS
"""URL rule → how its form is sent."""
