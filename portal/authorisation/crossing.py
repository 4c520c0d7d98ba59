"""The one way to write into another side's tables: a practice's submission opens a contact, for example."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from portal.authorisation.actor import authority_scope, practice_scope
from portal.database import acting_as


@contextmanager
def acting_for(authority_id: uuid.UUID) -> Iterator[None]:
    """Within the block the database is asked in this authority's name. A test lists every caller."""
    with acting_as(authority_scope(authority_id)):
        yield


@contextmanager
def acting_for_practice(practice_id: uuid.UUID) -> Iterator[None]:
    """Within the block the database is asked in this practice's name. A test lists every caller."""
    with acting_as(practice_scope(practice_id)):
        yield
