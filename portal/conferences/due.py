"""When the reports to a conference are due, by the authority's settings as of the day it was booked."""

from datetime import datetime

from portal import clock
from portal.conferences.models import Conference
from portal.partnership.due_dates import Due, due
from portal.partnership.settings import report_days


def due_for(conference: Conference, asked_at: datetime, *, conference_type: str = "") -> Due:
    """When a practice asked at this moment owes its report.

    `conference_type` is for seeing what another type would mean. The number of days is the one in force when
    the conference was booked; whether notice is short depends on when the practice is asked.
    """
    booked_on = clock.local(conference.booked_at).date()
    asked = clock.local(asked_at)
    kind = conference_type or conference.type
    days = report_days(conference.authority_id, kind, booked_on)
    return due(kind, conference.held_on, asked.date(), days, booked_at=asked.time())
