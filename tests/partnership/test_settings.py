from datetime import date

import pytest

from portal.authorisation.actor import authority_scope
from portal.database import acting_as
from portal.errors import InvalidInput
from portal.partnership.settings import DEFAULTS, Setting, change_setting, report_days, setting
from tests.support import factories as make

DAY = date(2026, 11, 23)


def test_each_setting_has_a_default(db):
    authority = make.make_authority()
    with acting_as(authority_scope(authority.id)):
        assert {key: setting(authority.id, key, DAY) for key in Setting} == DEFAULTS


def test_a_setting_holds_from_its_day_on(db):
    authority = make.make_authority()
    with acting_as(authority_scope(authority.id)):
        change_setting(authority.id, Setting.REPORT_DAYS_REVIEW, 7, date(2026, 12, 1))
        assert report_days(authority.id, "review", date(2026, 11, 30)) == 5
        assert report_days(authority.id, "review", date(2026, 12, 1)) == 7
        assert report_days(authority.id, "initial", date(2026, 12, 1)) == 3


def test_what_one_authority_sets_is_not_anothers(db):
    authority, other = make.make_authority(), make.make_authority("Elsewhere Council")
    with acting_as(authority_scope(authority.id)):
        change_setting(authority.id, Setting.ASKS_PLAN_VIEW, True, DAY)
    with acting_as(authority_scope(other.id)):
        assert setting(other.id, Setting.ASKS_PLAN_VIEW, DAY) is False


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (Setting.REPORT_DAYS_INITIAL, -1),
        (Setting.REPORT_DAYS_INITIAL, True),
        (Setting.REPORT_DAYS_INITIAL, 1000),
        (Setting.ASKS_PLAN_VIEW, 1),
    ],
)
def test_a_value_that_cannot_be_is_refused(db, key, value):
    with pytest.raises(InvalidInput):
        change_setting(make.make_authority().id, key, value, DAY)
