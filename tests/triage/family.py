"""A family whose practice has answered, or not, with a contact about it: what triage tests start from."""

from dataclasses import dataclass
from datetime import timedelta

from portal import clock
from portal.authorisation.actor import Actor, Role, authority_scope
from portal.conferences.models import Conference, ReportRequest
from portal.conferences.queries import get_request
from portal.contacts import actions as contacts
from portal.contacts.models import Contact
from portal.contacts.queries import contact_about, get_contact
from portal.contacts.states import ContactKind
from portal.database import acting_as, db, new_id
from portal.questionnaire.situation import PersonAsked, Situation
from portal.submissions import actions as submissions
from portal.submissions.content import FrozenReport, News
from portal.submissions.models import Submission
from portal.submissions.reading import split_restricted
from portal.submissions.short_answers import PersonLooked, RecordRead, ShortAnswer
from portal.submissions.states import SubmissionKind
from tests.support import factories as make

VERSION = "gp_report_v1"
WORRY = "Worried about the missed appointments"
SECRET = "Kept-to-chair words about the aunt"
SHARED = "Restricted words for the professionals"
RESTRICTED = {
    "items-0-item": SHARED,
    "items-0-read_by": "professionals",
    "items-1-item": SECRET,
    "items-1-read_by": "chair",
}


@dataclass
class Case:
    """One conference, one practice, and the people who work on it."""

    officer: Actor
    colleague: Actor
    doctor: Actor
    conference: Conference
    request: ReportRequest
    child: object
    authority: object
    practice: object

    def contact(self, kind: ContactKind, source_id=None, **values) -> Contact:
        """A contact of this conference, as the import opens it."""
        with acting_as(authority_scope(self.authority.id)):
            contact = contacts.open_contact(
                self.authority.id,
                kind,
                source_id or self.request.id,
                due_on=self.conference.held_on,
                conference_id=self.conference.id,
                **values,
            )
            _let_go()
        return contact

    def reload(self, kept):
        """The row as it stands now."""
        with acting_as(authority_scope(self.authority.id)):
            row = db.get(type(kept), kept.id)
            _let_go()
        return row

    def sent(self, kind: SubmissionKind, content, restricted=()) -> tuple[Submission, Contact]:
        """Something the practice sent, with the contact that waits for it."""
        with acting_as(self.doctor.scope):
            request = get_request(self.doctor, self.request.id)
            submission = submissions.receive(
                self.doctor, request, kind, content, restricted=restricted, idempotency_key=new_id()
            )
            db.flush()
        with acting_as(self.officer.scope):
            contact = contact_about(self.officer, ContactKind(kind.value), submission.id)
            _let_go()
        return submission, contact

    def hold(self, contact: Contact, who: Actor | None = None) -> None:
        """Let somebody, the officer unless named, hold this contact."""
        who = who or self.officer
        with acting_as(who.scope):
            contacts.claim(who, get_contact(who, contact.id))
            _let_go()

    def news(self, text="The family has moved"):
        return self.sent(SubmissionKind.NEWS, News(text, "Dr Lee"))

    def report(self, restricted=True, worry=WORRY):
        """A report about the child, with one item for the professionals and one kept to the chair."""
        typed = [("worries", None, {"worries-0-worry": worry})]
        if restricted:
            typed.append(("restricted", None, RESTRICTED))
        split = split_restricted(VERSION, self.situation, typed)
        content = FrozenReport(VERSION, self.situation, split.parts, ("Dr Lee",), "Dr Lee", "GP", "True")
        return self.sent(SubmissionKind.REPORT, content, split.restricted)

    def nothing_found(self):
        person = PersonLooked(str(self.child.id), self.child.full_name, RecordRead.FULL, "2019", None)
        return self.sent(SubmissionKind.NOTHING_FOUND, ShortAnswer((person,), "Dr Lee"))

    @property
    def situation(self) -> Situation:
        person = PersonAsked(
            str(self.child.id), self.child.full_name, "subject", is_unborn=False, is_asked=True
        )
        return Situation("initial", (person,), frozenset())


def make_case(*, family_name="Okafor", days=21, practice_name="Lakeside Surgery", authority=None) -> Case:
    """The smallest case: one child, one practice."""
    authority = authority or make.make_authority()
    practice = make.make_practice(practice_name)
    chair = make.make_actor(authority, Role.CHAIR)
    child = make.make_person(authority, family_name=family_name, given_names="Ada", practice=practice)
    held_on = clock.today() + timedelta(days=days)
    conference = make.make_conference(authority, chair, [(child, "subject")], held_on=held_on)
    case = Case(
        officer=make.make_actor(authority, Role.CONTACT, name="Priya Shah"),
        colleague=make.make_actor(authority, Role.CONTACT, name="Tom Reed"),
        doctor=make.make_actor(practice, Role.CLINICIAN, name="Dr Lee"),
        conference=conference,
        request=make.make_request(conference, practice, [child]),
        child=child,
        authority=authority,
        practice=practice,
    )
    _let_go()
    return case


def _let_go() -> None:
    """Write, and forget the rows: a request of the test client ends the session they came from."""
    db.flush()
    db.commit()
    db.expunge_all()


def signed_in(browser, actor):
    """The browser in this person's hands, with no token left over from whoever had it before."""
    browser.token = ""
    return browser.sign_in_as(actor)
