"""The steps of signing in, and the accounts themselves."""

import uuid
from datetime import date

from portal.accounts import codes, queries, sessions, throttle
from portal.accounts.models import Credential, Membership, Organisation, User, UserSession
from portal.accounts.passwords import is_right
from portal.accounts.states import AttemptKind
from portal.audit.actions import record_anonymous, record_event
from portal.authorisation.actor import ROLES_OF, Actor, OrganisationKind, Role
from portal.context import NOBODY
from portal.database import acting_as, db
from portal.errors import InvalidInput

WRONG_PAIR = "The e-mail address or the password is wrong."
WRONG_CODE = "The code is wrong, or was used already. Wait for the next one."


def check_password(email: str, password: str) -> str | None:
    """Begin a half session and return its token, or None when the pair is wrong.

    Takes as long for an unknown address as for a known one. Raises TooMany.
    """
    account = throttle.account_hash(email)
    throttle.refuse_if_too_many(account, AttemptKind.PASSWORD)
    found = queries.user_with_credential(email)
    right = is_right(password, found[1].password_hash if found else None)
    throttle.remember(account, AttemptKind.PASSWORD, was_right=right)
    user = found[0] if found else None
    record_anonymous("password_right" if right else "password_wrong", user_id=user.id if user else None)
    return sessions.start(user.id) if right and user else None


def check_code(session: UserSession, code: str) -> str | None:
    """Make a session whole and return its new token; None when the code is wrong or used. Raises TooMany."""
    is_right_code = _takes_code(session.user_id, code)
    record_anonymous("signed_in" if is_right_code else "code_wrong", user_id=session.user_id)
    return sessions.complete(session, _membership_to_act_in(session)) if is_right_code else None


def confirm_code(actor: Actor, code: str) -> bool:
    """Whether whoever is signed in gave a fresh code again, for a deed that asks for it, such as signing.

    Commit whatever the answer: a wrong guess must be remembered. Raises TooMany.
    """
    if actor.user_id is None:
        return False
    with acting_as(NOBODY):
        is_right_code = _takes_code(actor.user_id, code)
    record_event(actor, "code_confirmed" if is_right_code else "code_wrong")
    return is_right_code


def _takes_code(user_id: uuid.UUID, code: str) -> bool:
    """Whether the code is right and new; it is then used up. One account's guesses wait for each other."""
    credential = queries.credential_of(user_id)
    if credential is None:
        return False
    account = throttle.account_hash(str(user_id))
    throttle.refuse_if_too_many(account, AttemptKind.CODE)
    step = codes.matching_step(credential.totp_secret, code, after=credential.totp_last_step)
    throttle.remember(account, AttemptKind.CODE, was_right=step is not None)
    if step is not None:
        credential.totp_last_step = step
    return step is not None


def sign_out(token: str) -> None:
    """End the session that this token opens."""
    user_id = sessions.end(token)
    if user_id is not None:
        record_anonymous("signed_out", user_id=user_id)


def _membership_to_act_in(session: UserSession) -> uuid.UUID | None:
    """The one acted in before, or the only one; whoever has several is asked."""
    memberships = [membership.id for membership in sessions.memberships_of(session.user_id)]
    if session.membership_id in memberships:
        return session.membership_id
    return memberships[0] if len(memberships) == 1 else None


def act_for(session: UserSession, membership_id: uuid.UUID) -> None:
    """Act in this membership from now on. Raises InvalidInput when it is not one's own or has ended."""
    memberships = {membership.id: membership for membership in sessions.memberships_of(session.user_id)}
    if membership_id not in memberships:
        raise InvalidInput("Choose for whom you act.")
    session.membership_id = membership_id
    chosen = memberships[membership_id]
    record_event(chosen.as_actor(), "membership_chosen", chosen)


def add_organisation(
    kind: OrganisationKind, code: str, name: str, *, telephone: str, email: str
) -> Organisation:
    """Put an organisation into the directory."""
    organisation = Organisation(kind=kind, code=code, name=name, telephone=telephone, email=email)
    db.add(organisation)
    return organisation


def add_user(email: str, name: str, password_hash: str, totp_secret: str) -> User:
    """Create an account with both factors; the hash is `passwords.hash_password`'s."""
    user = User(email=email.strip().lower(), name=name, is_suspended=False)
    db.add(user)
    db.flush()
    db.add(Credential(id=user.id, password_hash=password_hash, totp_secret=totp_secret, totp_last_step=0))
    return user


def add_membership(
    user: User,
    organisation: Organisation,
    role: Role,
    *,
    is_safeguarding_lead: bool = False,
    ends_on: date | None = None,
) -> Membership:
    """Make somebody part of an organisation. Raises InvalidInput for a role it does not have."""
    if role not in ROLES_OF[OrganisationKind(organisation.kind)]:
        raise InvalidInput(f"{organisation.name} has no {role}.")
    membership = Membership(
        user_id=user.id,
        organisation_id=organisation.id,
        role=role,
        is_safeguarding_lead=is_safeguarding_lead,
        ends_on=ends_on,
    )
    db.add(membership)
    return membership
