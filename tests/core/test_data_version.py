"""A version of public data is another after each commit that renews it."""

from core.data_version import current_version, renew_version


def read(session, name="một"):
    return current_version(session.connection(), name)


def test_a_version_is_another_after_each_renewal(session):
    seen = [read(session)]
    for _ in range(3):
        renew_version(session, "một")
        session.commit()
        seen.append(read(session))

    assert seen[0] == 0
    assert len(set(seen)) == 4
    assert read(session, "hai") == 0


def test_a_version_is_renewed_at_the_commit_and_once(session, count_queries):
    renew_version(session, "một")
    renew_version(session, "một")

    assert read(session) == 0
    session.commit()
    assert read(session) != 0
    assert sum("INSERT INTO core_data_version" in statement for statement in count_queries) == 1


def test_a_savepoint_does_not_renew_the_version_before_its_transaction(session, count_queries):
    with session.begin_nested():
        renew_version(session, "một")
    inserted = [statement for statement in count_queries if "core_data_version" in statement]
    session.commit()

    assert inserted == []
    assert read(session) != 0
