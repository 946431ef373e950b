"""Runs migrations on the database of the settings, or on a connection or URL handed over by a test or command."""

from sqlmodel import SQLModel

import interview_platform.models  # noqa: F401 - fills the metadata
from alembic import context
from interview_platform.models import make_engine


def _url() -> str:
    given = context.config.attributes.get("url")
    if given:
        return str(given)
    from interview_platform.settings import settings

    return settings().database


def _run() -> None:
    engine = make_engine(_url())
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # A changed table is copied and dropped; with foreign keys on, the drop would delete what refers to it.
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


if context.is_offline_mode():
    context.configure(url=_url(), target_metadata=SQLModel.metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    _run()
