"""Two clinicians who sign one draft at the same moment, on two connections, really committed."""

import threading

from portal.database import acting_as, close, commit, new_id
from portal.errors import Conflict
from portal.reports import drafts, sending
from tests.reports.families import make_family, write_report


def signed(family, actor):
    report = drafts.get_report(actor, family.request.id)
    return sending.submit_report(actor, drafts.draft_of(report), new_id())


def test_the_second_waits_and_learns_who_was_quicker(committed):
    family = make_family()
    write_report(family, family.clinician)
    close()
    reading, told = threading.Event(), []

    def second():
        try:
            with acting_as(family.lead.scope):
                reading.set()
                told.append(signed(family, family.lead))
        except Conflict as error:
            told.append(error.message)
        finally:
            close()

    other = threading.Thread(target=second)
    with acting_as(family.clinician.scope):
        signed(family, family.clinician)
        other.start()
        reading.wait(10)
        other.join(0.5)  # long enough to reach the lock
        assert told == []
        commit()
    other.join(10)
    assert "Dr Amara Bello sent this report just now" in str(told)
