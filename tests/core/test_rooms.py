"""The manifest of a room, and the merged manifests of several."""

import pytest

from core.web.rooms import Conflict, NavLink, Permission, Room, collect


def permission(code="thing.see", roles=("writer",)):
    return Permission(code, "xem", frozenset(roles))


def test_declarations_of_all_rooms_are_found_in_one_place():
    rooms = [
        Room(name="a", permissions=[permission()], audit_actions={"thing.add": "Thêm"}),
        Room(name="b", audit_fields={"rank": "hạng", "thing.add:rank": "thứ"}),
    ]

    found = collect(rooms)

    assert found.roles_with("thing.see") == {"writer"}
    assert found.roles_with("thing.unknown") == frozenset()
    assert found.audit_actions == {"thing.add": "Thêm"}
    assert (found.field_words("thing.add", "rank"), found.field_words("x", "rank")) == ("thứ", "hạng")
    assert found.field_words("x", "unknown") == "unknown"


def test_two_rooms_may_declare_equal_values_but_not_different_ones():
    same = Room(name="a", audit_actions={"thing.wipe": "Xóa"})

    assert collect([same, same]).audit_actions == {"thing.wipe": "Xóa"}
    with pytest.raises(Conflict):
        collect([same, Room(name="b", audit_actions={"thing.wipe": "Bỏ"})])
    with pytest.raises(Conflict):
        collect([Room(name="a", permissions=[permission()]), Room(name="b", permissions=[permission(roles=())])])


def test_sections_are_sorted_by_their_places():
    first, last = NavLink("b.home", "thing.see", "Trước", 10), NavLink("a.home", "thing.see", "Sau", 20)

    found = collect([Room(name="a", navigation=[last]), Room(name="b", navigation=[first])])

    assert found.navigation == [first, last]
    assert first.blueprint == "b"


def test_every_action_that_a_room_can_record_has_a_label(app):
    from account.rules.actions import AccountAction as Account
    from commune.rules.actions import UnitAction as Commune
    from quiz.contest.rules.actions import QuizAction as Quiz
    from survey.counter.rules.actions import SurveyAction as Survey

    codes = {action.value for room in (Account, Commune, Quiz, Survey) for action in room}

    assert codes <= set(app.extensions["rooms"].audit_actions)
