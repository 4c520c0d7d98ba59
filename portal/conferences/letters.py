"""Mail about conferences and requests: who is told, and the facts, none of which names a family."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import or_, select

from portal import clock
from portal.accounts.models import Membership, Organisation, User
from portal.conferences.models import Conference, ReportRequest
from portal.conferences.wording import day_in_words, due_in_words
from portal.database import db
from portal.errors import NotFound
from portal.notifications.actions import notify
from portal.notifications.catalogue import Message

SHORT_NOTICE = " This is at short notice: the contact team will also ring you."


def facts_for(request: ReportRequest) -> dict[str, str]:
    """What mail about a request may say: reference, days, whom to ring. Nothing about the family."""
    return _facts(request.conference, request.authority) | {
        "due": due_in_words(request.due_on, request.due_at),
        "short_notice": SHORT_NOTICE if request.is_short_notice else "",
    }


def facts_for_conference(conference: Conference) -> dict[str, str]:
    """What mail about a conference may say: reference, day, when reports are due, whom to ring."""
    return _facts(conference, _authority(conference.authority_id)) | {
        "due": due_in_words(conference.due_on, conference.due_at),
        "short_notice": SHORT_NOTICE if conference.is_short_notice else "",
    }


def tell_practice(request: ReportRequest, message: Message) -> None:
    """Write to the practice's safeguarding mailbox and its safeguarding leads, with a link to the request."""
    PostRound.for_practices([request.practice]).tell(request, message)


def tell_chair(conference: Conference, message: Message, link: str = "") -> None:
    """Write to the chair; `link` is the chair's page of the conference unless given."""
    chair = db.get(User, conference.chair_id)
    if chair is not None:
        link = link or f"/conferences-to-chair/{conference.id}"
        notify(chair.email, message, link, facts_for_conference(conference), about_id=conference.id)


def tell_contact_team(conference: Conference, message: Message, link: str) -> None:
    """Write to the contact team's mailbox."""
    authority = _authority(conference.authority_id)
    notify(authority.email, message, link, facts_for_conference(conference), about_id=conference.id)


@dataclass(frozen=True)
class PostRound:
    """Mail to many practices: whom to write to is asked once."""

    addresses: Mapping[uuid.UUID, Collection[str]]

    @classmethod
    def for_practices(cls, practices: Iterable[Organisation]) -> "PostRound":
        return cls(addresses_by_practice(practices))

    def tell(self, request: ReportRequest, message: Message) -> None:
        """Write to the request's practice, with a link to the request's page."""
        facts = facts_for(request)
        for address in self.addresses.get(request.practice_id, ()):
            notify(address, message, f"/requests/{request.id}", facts, about_id=request.id)


def addresses_of(practice: Organisation) -> list[str]:
    """The practice's mailbox and those of its safeguarding leads in force, each once."""
    return addresses_by_practice([practice])[practice.id]


def addresses_by_practice(practices: Iterable[Organisation]) -> dict[uuid.UUID, list[str]]:
    """As `addresses_of`, for many practices at once."""
    found = {practice.id: [practice.email] for practice in practices}
    leads = db.execute(
        select(Membership.organisation_id, User.email)
        .join(User, Membership.user_id == User.id)
        .where(
            Membership.organisation_id.in_(found),
            Membership.is_safeguarding_lead.is_(True),
            or_(Membership.ends_on.is_(None), Membership.ends_on >= clock.today()),
            User.is_suspended.is_(False),
        )
        .order_by(User.email)
    )
    for practice_id, email in leads:
        found[practice_id].append(email)
    return {each: list(dict.fromkeys(filter(None, addresses))) for each, addresses in found.items()}


def _facts(conference: Conference, authority: Organisation) -> dict[str, str]:
    return {
        "reference": conference.reference,
        "conference_day": day_in_words(conference.held_on),
        "contact_name": f"{authority.name} contact team",
        "contact_telephone": authority.telephone,
    }


def _authority(authority_id: uuid.UUID) -> Organisation:
    authority = db.get(Organisation, authority_id)
    if authority is None:
        raise NotFound
    return authority
