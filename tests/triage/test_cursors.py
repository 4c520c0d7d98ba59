"""A cursor of another list gives a plain page that says so, never a fault."""

from uuid import UUID

import pytest

from portal import clock
from portal.web.pagination import encode_cursor
from tests.triage.family import make_case, signed_in

DAY, MOMENT, ID = clock.today(), clock.now(), UUID(int=1)


@pytest.mark.parametrize("address", ["/queue", "/queue?show=closed", "/waiting-for-practices"])
@pytest.mark.parametrize(
    "key",
    [
        ("text", "text"),
        ("text", "text", "text"),
        ("text", 1, "text", ID),
        (DAY, 1, MOMENT, ID),
        (None, None),
        (DAY,),
        (DAY, DAY, DAY),
    ],
)
def test_a_cursor_of_another_list_is_refused_plainly(db, browser, address, key):
    office = signed_in(browser, make_case().officer)
    sign = "&" if "?" in address else "?"
    response = office.get(f"{address}{sign}after={encode_cursor(key)}")
    assert response.status_code == 422
    assert "Start again from the first page" in response.text
