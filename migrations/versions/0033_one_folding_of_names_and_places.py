"""One folding of people's names and of places: places beyond a phone's limit, the rule of a name's hash, near keys."""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

AT_ONCE = 1000


def upgrade() -> None:
    """Participants from before keep their hashes and the first rule; the duty `rekey_names` folds them anew."""
    with op.batch_alter_table("quiz_participant") as batch:
        batch.alter_column("phone_slot", existing_type=sa.SmallInteger(), nullable=True)
        batch.add_column(sa.Column("name_version", sa.SmallInteger(), nullable=False, server_default="1"))
    op.add_column("commune_unit_name", sa.Column("near_key", sa.String(100), nullable=False, server_default=""))
    names = sa.table(
        "commune_unit_name",
        sa.column("unit_id"),
        sa.column("since", sa.Date()),
        sa.column("name_key"),
        sa.column("near_key"),
    )
    connection = op.get_bind()
    keys = connection.scalars(sa.select(names.c.name_key).distinct()).all()
    for key in keys:
        connection.execute(names.update().where(names.c.name_key == key).values(near_key=_near(key)))
    op.create_index("ix_commune_unit_name_near_key", "commune_unit_name", ["near_key"])


def downgrade() -> None:
    """People without a place on their phone get a phone hash of their own, as those without a phone have."""
    op.drop_index("ix_commune_unit_name_near_key", "commune_unit_name")
    op.drop_column("commune_unit_name", "near_key")
    people = sa.table(
        "quiz_participant",
        sa.column("identity_hash", sa.LargeBinary()),
        sa.column("phone_hash", sa.LargeBinary()),
        sa.column("phone_slot", sa.SmallInteger()),
    )
    waiting = people.update().where(people.c.phone_slot.is_(None))
    op.get_bind().execute(waiting.values(phone_hash=people.c.identity_hash, phone_slot=1))
    with op.batch_alter_table("quiz_participant") as batch:
        batch.alter_column("phone_slot", existing_type=sa.SmallInteger(), nullable=False)
        batch.drop_column("name_version")


def _near(key: str) -> str:
    """Return `core.values.place.near_key` of that time."""
    plain = "".join(letter for letter in unicodedata.normalize("NFD", key) if letter.isalnum())
    return re.sub(r"k(?!h)", "c", plain.replace("y", "i"))
