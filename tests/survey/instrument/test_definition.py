"""Questionnaires as data: read, and refused when invalid."""

import copy

import pytest

from survey.instrument.rules.definition import (
    BadInstrument,
    Condition,
    ItemKind,
    read_instrument,
    text_of,
)

WIDE = {
    "title": {"vi": "Khảo sát", "en": "Survey"},
    "close_after": 400,
    "factors": [{"code": "staff", "label": {"vi": "Cán bộ"}}],
    "items": [
        {"code": "nps", "kind": "scale", "label": {"vi": "Từ 0 đến 10"}, "is_required": True,
         "options": [{"code": str(n), "label": {"vi": str(n)}, "value": n} for n in range(11)]},
        {"code": "again", "kind": "yes_no", "factor": "staff",
         "options": [{"code": "yes", "label": {"vi": "Có"}}, {"code": "no", "label": {"vi": "Không"}}]},
        {"code": "trips", "kind": "number", "least": 0, "most": 20, "show_if": {"item": "again", "options": ["yes"]}},
        {"code": "field", "kind": "choice", "options": [{"code": "land"}, {"code": "civil"}]},
        {"code": "why", "kind": "several", "options": [{"code": "slow"}, {"code": "far"}]},
        {"code": "words", "kind": "text", "most": 500},
    ],
}  # fmt: skip


def wide(**changes):
    """Return a questionnaire with every kind of item, with *changes* in its first item."""
    stored = copy.deepcopy(WIDE)
    stored["items"][0] |= changes
    return stored


def test_every_kind_is_carried_with_bounds_conditions_factors_and_a_limit():
    instrument = read_instrument(WIDE)

    assert {item.kind for item in instrument.items} == set(ItemKind)
    assert (instrument.item("trips").least, instrument.item("trips").most) == (0, 20)
    assert instrument.item("trips").show_if == Condition("again", ("yes",))
    assert instrument.item("again").factor == "staff"
    assert instrument.item("nps").option("10").value == 10
    assert instrument.close_after == 400


def test_a_key_that_is_missing_has_a_default():
    instrument = read_instrument({"items": [{"code": "words", "kind": "text"}]})

    item = instrument.items[0]
    assert (item.is_required, item.most, item.factor, item.show_if, item.options) == (False, None, "", None, ())
    assert (instrument.factors, instrument.close_after) == ((), None)


@pytest.mark.parametrize(
    "changes",
    [
        {"code": "Có dấu"},
        {"code": "again"},
        {"kind": "picture"},
        {"options": []},
        {"options": [{"code": "1"}, {"code": "1"}]},
        {"factor": "nowhere"},
        {"show_if": {"item": "again", "options": ["yes"]}},
        {"show_if": {"item": "nps"}},
    ],
)
def test_a_text_that_is_no_questionnaire_is_refused(changes):
    with pytest.raises(BadInstrument):
        read_instrument(wide(**changes))


@pytest.mark.parametrize("stored", [{}, {"items": []}, {"items": [{"kind": "text"}]}, {"items": "x"}])
def test_a_questionnaire_without_items_is_refused(stored):
    with pytest.raises(BadInstrument):
        read_instrument(stored)


def test_a_condition_on_an_option_that_is_not_there_is_refused():
    stored = wide()
    stored["items"][2]["show_if"]["options"] = ["maybe"]

    with pytest.raises(BadInstrument):
        read_instrument(stored)


def test_a_number_or_a_text_offers_no_options():
    stored = wide()
    stored["items"][5]["options"] = [{"code": "x"}]

    with pytest.raises(BadInstrument):
        read_instrument(stored)


def test_a_label_falls_back_to_vietnamese():
    assert text_of({"vi": "Có", "en": "Yes"}, "en") == "Yes"
    assert text_of({"vi": "Có"}, "en") == "Có"
    assert text_of({}, "en") == ""
