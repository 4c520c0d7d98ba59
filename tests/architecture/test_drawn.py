"""What docs/ draws from the code is fresh."""

import pytest

from portal.authorisation.permissions import Permission
from portal.authorisation.policy import POLICY
from tests.support.drawn import DOCS, drawings, transition_tables
from tests.support.personas import allowed, needs_target


@pytest.mark.parametrize("name", sorted(drawings()))
def test_drawn_page_is_fresh(name):
    assert (DOCS / name).read_text(encoding="utf-8") == drawings()[name], (
        "run: python -m tests.support.drawn, and read what changed"
    )


def test_every_permission_has_a_policy_line_and_every_line_a_permission():
    assert set(POLICY) == set(Permission)


@pytest.mark.parametrize("permission", Permission)
def test_nothing_of_others_is_allowed_to_anybody(permission):
    if needs_target(permission):
        assert not allowed(permission, is_own=False)


@pytest.mark.parametrize("permission", Permission)
def test_roles_without_case_work_get_no_permission_but_their_account(permission):
    """Design section 4: administrator, auditor and platform administrator see no case content."""
    outside = {"authority administrator", "auditor", "platform administrator", "nurse", "named professional"}
    if permission is not Permission.ACCOUNT_USE:
        assert not allowed(permission) & outside


@pytest.mark.parametrize(("title", "moves"), list(transition_tables()), ids=lambda value: str(value)[:20])
def test_every_state_can_be_reached_and_every_move_leads_somewhere(title, moves):
    states = type(next(iter(moves))[0])
    kinds = type(next(iter(moves))[1])
    first = next(iter(states))
    reached, todo = {first}, [first]
    while todo:
        here = todo.pop()
        for (before, _move), after in moves.items():
            if before == here and after not in reached:
                reached.add(after)
                todo.append(after)
    assert reached == set(states), title
    assert {move for _before, move in moves} == set(kinds), title
