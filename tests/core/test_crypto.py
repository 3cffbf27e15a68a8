"""Keys, seals and codes."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import crypto
from core.values.codes import in_fours

KEYRING = crypto.Keyring(bytes(32))


def test_parts_are_delimited_before_they_are_hashed():
    assert KEYRING.mac("x", "1213", "45") != KEYRING.mac("x", "12134", "5")
    assert crypto.digest("1213", "45") != crypto.digest("12134", "5")


def test_each_purpose_has_a_key_of_its_own():
    assert KEYRING.key("phone") != KEYRING.key("session")


@given(st.text(), st.binary(max_size=20))
def test_sealed_data_opens_again(text, about):
    assert crypto.unseal(bytes(32), crypto.seal(bytes(32), text, about=about), about=about) == text


@given(st.integers(0, 10_000))
def test_one_altered_byte_breaks_the_seal(at):
    sealed = bytearray(crypto.seal(bytes(32), "Nguyễn Văn An"))
    sealed[at % len(sealed)] ^= 1

    with pytest.raises(crypto.SealBroken):
        crypto.unseal(bytes(32), bytes(sealed))


def test_a_seal_is_bound_to_its_row():
    sealed = crypto.seal(bytes(32), "An", about=b"row 1")

    with pytest.raises(crypto.SealBroken):
        crypto.unseal(bytes(32), sealed, about=b"row 2")


@given(st.binary(min_size=16, max_size=16))
def test_a_code_survives_being_written_down_and_typed(raw):
    code = crypto.new_code(random=lambda _: raw)
    typed = in_fours(code).lower().replace("0", "o").replace("1", "l")

    assert crypto.read_codes(typed) == (code,)
    assert len(code) == 16


@pytest.mark.parametrize("typed", ["", "7K3M", "7K3M-9QXD-2F4A-8BC", "7K3M-9QXD-2F4A-8BC!", "Ñ" * 16])
def test_a_text_that_can_not_be_a_code_gives_none(typed):
    assert crypto.read_codes(typed) == ()


def test_the_master_key_is_made_once_and_is_the_owners_alone(tmp_path):
    file = tmp_path / "keys" / "master.key"

    first = crypto.load_or_create_master(file)

    assert crypto.load_or_create_master(file) == first
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_damaged_master_key_is_never_replaced(tmp_path):
    file = tmp_path / "master.key"
    file.write_text("not a key")

    with pytest.raises(ValueError, match="hỏng"):
        crypto.load_or_create_master(file)
    assert file.read_text() == "not a key"


def test_processes_that_start_at_once_share_one_master_key(tmp_path):
    file = tmp_path / "master.key"

    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: crypto.load_or_create_master(file), range(40)))

    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["master.key"]
