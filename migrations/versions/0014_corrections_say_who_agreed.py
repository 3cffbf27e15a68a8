"""corrections say who agreed: results whose approver was of the asker's making; published names that were put right."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None
CLAIMS = (("quiz_result", "is_tied"), ("quiz_round", "renamed_alone"), ("quiz_round", "renamed_tied"))


def upgrade() -> None:
    """Of corrections from before nothing is said: nobody wrote it down then."""
    op.add_column("quiz_round", sa.Column("renamed_at", sa.DateTime(timezone=True), nullable=True))
    for table, column in CLAIMS:
        op.add_column(table, sa.Column(column, sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """The trail and the requests still have it."""
    for table, column in reversed(CLAIMS):
        op.drop_column(table, column)
    op.drop_column("quiz_round", "renamed_at")
