"""A day on which the sample lists lie ahead, and the ground they stand on."""

from datetime import UTC, datetime

import pytest

from portal import clock
from tests.support.lists.list_ground import make_ground

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def monday():
    """Monday 23 November 2026, nine in the morning."""
    with clock.moved_to(MONDAY):
        yield MONDAY


@pytest.fixture
def ground(db, monday):
    return make_ground()
