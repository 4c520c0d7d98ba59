"""One family at two practices, the people who answer for it, and a report with every answer given."""

from dataclasses import dataclass
from datetime import date

from portal.accounts.models import Organisation
from portal.authorisation.actor import Actor, Role
from portal.conferences.models import Conference, ReportRequest
from portal.conferences.people import Person
from portal.conferences.queries import get_request
from portal.database import acting_as, commit, new_id
from portal.questionnaire.answers import is_asked
from portal.questionnaire.model import (
    Choice,
    Choices,
    DateAnswer,
    Number,
    PeopleChoice,
    Rows,
)
from portal.reports import actions, drafts, sending
from tests.support import factories as make

RESTRICTED_WORDS = "The mother lives with her sister in another town"
CHAIR_ONLY_WORDS = "A neighbour told us, and fears to be named"


@dataclass
class Family:
    authority: Organisation
    practice: Organisation
    elsewhere: Organisation
    chair: Actor
    contact: Actor
    clinician: Actor
    administrator: Actor
    lead: Actor
    stranger: Actor
    child: Person
    mother: Person
    father: Person
    conference: Conference
    request: ReportRequest

    def seen_by(self, actor: Actor) -> ReportRequest:
        """The request as this actor's pages load it."""
        with acting_as(actor.scope):
            return get_request(actor, self.request.id)


def make_family(**conference) -> Family:
    """A child and her mother at one practice; the father, at another, must not learn of the mother."""
    authority, practice, elsewhere = (
        make.make_authority(),
        make.make_practice(),
        make.make_practice("Hilltop"),
    )
    chair = make.make_actor(authority, Role.CHAIR)
    child = make.make_person(authority, given_names="Ada", practice=practice)
    mother = make.make_person(authority, given_names="Ngozi", born_on=date(1990, 1, 2), practice=practice)
    father = make.make_person(authority, given_names="Piotr", born_on=date(1988, 3, 4), practice=elsewhere)
    held = make.make_conference(
        authority,
        chair,
        [(child, "subject"), (mother, "mother"), (father, "father")],
        parent_of=[(mother, child), (father, child)],
        must_not_see=[(father, mother)],
        **conference,
    )
    return Family(
        authority=authority,
        practice=practice,
        elsewhere=elsewhere,
        chair=chair,
        contact=make.make_actor(authority, Role.CONTACT),
        clinician=make.make_actor(practice, Role.CLINICIAN, name="Dr Amara Bello"),
        administrator=make.make_actor(practice, Role.PRACTICE_ADMIN, name="Sam Reed"),
        lead=make.make_actor(practice, Role.CLINICIAN, name="Dr Lee Okoro", is_safeguarding_lead=True),
        stranger=make.make_actor(elsewhere, Role.CLINICIAN),
        child=child,
        mother=mother,
        father=father,
        conference=held,
        request=make.make_request(held, practice, [child, mother], outline=[father]),
    )


def filled(part, people):
    """A valid answer to every question of a part."""
    raw = {}
    for question in part.questions:
        if is_asked(question, "", raw):
            raw.update(_answer(question, question.key, people))
    return raw


def _answer(question, name, people):
    if isinstance(question, Rows):
        return {f"{name}-instead": question.instead[0].value} if question.instead else {}
    if isinstance(question, DateAnswer):
        return {f"{name}-year": "2024"}
    if isinstance(question, Choice):
        return {name: _unconditional(question)}
    if isinstance(question, Choices):
        return {name: [question.options[0].value]}
    if isinstance(question, PeopleChoice):
        return {name: [people[0].id]}
    if isinstance(question, Number):
        return {name: str(question.minimum)}
    return {name: f"About {question.reading.lower()}"}


def _unconditional(question):
    """An option that asks nothing more."""
    quiet = {"none_recorded", "none", "not_looked", "records_only", "report_only", "no", "not_read", "yes"}
    values = [option.value for option in question.options]
    for value in ("none_recorded", "not_looked", "none_found", "not_reached", "report_only", "elsewhere"):
        if value in values:
            return value
    return next((value for value in values if value in quiet), values[-1])


def restricted_rows(family):
    """Two things somebody must not see: one for chair and professionals, one for the chair alone."""
    mother, father = str(family.mother.id), str(family.father.id)
    return {
        "items-0-item": RESTRICTED_WORDS,
        "items-0-about": [mother],
        "items-0-must_not_see": [father],
        "items-0-consequence": "He could find her",
        "items-0-read_by": "professionals",
        "items-0-agreed_with": "nobody",
        "items-1-item": CHAIR_ONLY_WORDS,
        "items-1-about": [mother],
        "items-1-must_not_see": [father],
        "items-1-consequence": "The neighbour could be harmed",
        "items-1-read_by": "chair",
        "items-1-chair_reason": "Few people could have told us",
        "items-1-agreed_with": "nobody",
        "staff_safety": "none_recorded",
    }


def write_report(family, actor, extra=None):
    """A whole draft by this actor, ready to sign; `extra` replaces the answers of sections by key."""
    request = family.seen_by(actor)
    with acting_as(actor.scope):
        actions.start_report(actor, request)
        report = drafts.get_report(actor, request.id)
        for part in drafts.draft_of(report).parts:
            raw = (extra or {}).get(part.section.key) or filled(part, drafts.draft_of(report).people)
            actions.save_section(actor, report, part, actions.Typed(raw, 0, new_id()))
        draft = drafts.draft_of(report)
    commit()
    return draft


def send_report(family, draft, key=None):
    """The draft signed by the family's clinician, and committed."""
    with acting_as(family.clinician.scope):
        sent = sending.submit_report(family.clinician, draft, key or new_id())
    commit()
    return sent
