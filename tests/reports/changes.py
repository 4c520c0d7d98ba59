"""What happens to a family's request while the practice works on it."""

from portal.conferences.actions import move_request
from portal.conferences.models import Involvement, RequestPerson
from portal.conferences.queries import get_request
from portal.conferences.states import RequestMove
from portal.database import acting_as, commit, db, new_id
from portal.reports import sending
from portal.submissions import actions as submissions
from portal.submissions.queries import get_submission
from portal.submissions.short_answers import PersonLooked, PersonNotHere, RecordRead, Since
from tests.support import factories as make


def widen(family, role="sibling", **person):
    """One more patient of the practice is in the list: the request asks about them too, and is open."""
    added = make.make_person(family.authority, practice=family.practice, **person)
    db.expunge_all()
    with acting_as(family.contact.scope):
        request = get_request(family.contact, family.request.id)
        its = {"authority_id": request.authority_id, "conference_id": request.conference_id}
        place = {"person_id": added.id, "position": 9}
        db.add(Involvement(**its, **place, role=role, lives_in_household=True, parental_responsibility=""))
        db.add(
            RequestPerson(
                **its, **place, practice_id=request.practice_id, request_id=request.id, sight="asked"
            )
        )
        if request.state != "open":
            move_request(family.contact, request, RequestMove.REOPEN)
    commit()
    db.expunge_all()
    return added


def withdraw(family, *, hides=True):
    """The contact team takes the request back, and with it the sight of the family."""
    with acting_as(family.contact.scope):
        request = get_request(family.contact, family.request.id)
        move_request(family.contact, request, RequestMove.WITHDRAW)
        for row in request.people if hides else []:
            row.sight = "hidden"
    commit()
    db.expunge_all()


def say_not_here(family, actor, *people):
    """This colleague says that these people are not registered."""
    request = family.seen_by(actor)
    gone = [PersonNotHere(str(each.id), each.full_name, Since.NEVER, None) for each in people]
    with acting_as(actor.scope):
        sent = sending.say_not_registered(actor, request, gone, new_id())
    commit()
    db.expunge_all()
    return sent


def find_nothing(family, *people):
    """The clinician finds nothing about these people."""
    request = family.seen_by(family.clinician)
    looked = [PersonLooked(str(each.id), each.full_name, RecordRead.FULL, "2019", None) for each in people]
    with acting_as(family.clinician.scope):
        sent = sending.say_nothing_found(family.clinician, request, looked, new_id())
    commit()
    db.expunge_all()
    return sent


def return_it(family, sent, reason="Look again"):
    """The contact team returns what was sent."""
    with acting_as(family.contact.scope):
        submissions.return_to_practice(family.contact, get_submission(family.contact, sent.id), reason)
    commit()
    db.expunge_all()
