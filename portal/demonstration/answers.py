"""A whole report's answers, made from a story for whichever people and questions a practice is asked."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from portal.demonstration.stories import Finding, Secret, Story
from portal.questionnaire.model import ADULT_KINDS
from portal.questionnaire.raw_answers import field_names
from portal.questionnaire.situation import PersonAsked, SectionPart, Situation

Raw: TypeAlias = dict[str, str | list[str]]


@dataclass(frozen=True)
class Case:
    """What a section's answers are made from."""

    story: Story
    situation: Situation
    person: PersonAsked | None
    today: date

    @property
    def children(self) -> list[str]:
        return [each.id for each in self.situation.people if each.kind == "subject"]

    @property
    def adults(self) -> list[PersonAsked]:
        return [each for each in self.situation.people if each.kind in ADULT_KINDS]

    def ago(self, name: str, days: int) -> Raw:
        """A date so many days ago, as it is typed."""
        day = self.today - timedelta(days=days)
        return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def answers_for(part: SectionPart, situation: Situation, story: Story, today: date) -> Raw:
    """What the writer types into one section; only what that section asks here."""
    raw = _MAKERS[part.section.key](Case(story, situation, part.person, today))
    asked = {name for question in part.questions for name, _ in field_names(question, question.key)}
    return {name: value for name, value in raw.items() if name in asked}


def _writer(_case: Case) -> Raw:
    return {
        "knows_family": "some_contact",
        "other_adults": "none_recorded",
        "involvement": (
            "Regular reviews, two letters to the family and one call from a GP in the last six months."
        ),
    }


def _record(case: Case) -> Raw:
    return {"coverage": "full", "read_back_to-year": str(case.today.year - 6)}


def _pregnancy(_case: Case) -> Raw:
    return {
        "booking": "middle",
        "antenatal": "some_missed",
        "earlier_children": "not_looked",
        "pregnancy_health": "Iron tablets. The mother’s own medicines are reviewed with the perinatal team.",
        "birth_plan": (
            "The family nurse visits twice in the first week. The practice sees the baby by day ten."
        ),
    }


def _contact(case: Case) -> Raw:
    raw: Raw = {
        "was_seen": "seen",
        **case.ago("seen_on", 21),
        "seen_by": "Practice nurse",
        "seen_how": "surgery",
        "seen_with": "A parent",
        "seen_alone": "no",
    }
    for number, service in enumerate(case.story.missed):
        raw |= case.ago(f"missed-{number}-on", 60 + 70 * number)
        raw |= {f"missed-{number}-service": service, f"missed-{number}-followed_up": "yes"}
    place, reason = case.story.visit
    raw |= case.ago("unscheduled-0-on", 150)
    return raw | {"unscheduled-0-place": place, "unscheduled-0-reason": reason}


def _health(case: Case) -> Raw:
    return {
        "health_summary": case.story.health,
        "unmet_needs": case.story.unmet,
        "immunisations": "behind",
        "immunisations_note": "The booster before school; two invitations were not answered.",
        "development": "none_recorded",
    }


def _voice(case: Case) -> Raw:
    return {"voice_how": "own_words", "voice_words": case.story.voice}


def _sibling(_case: Case) -> Raw:
    return {"sibling_concern": "none_recorded"}


def _adult_health(case: Case) -> Raw:
    is_mother = case.person is not None and case.person.kind == "mother"
    story, nothing = case.story, Finding("none_recorded")
    found = {
        "mental_health": story.mind if is_mother else nothing,
        "alcohol_drugs": story.alcohol if not is_mother else nothing,
        "domestic_abuse": story.abuse if is_mother else Finding("not_looked"),
        "physical_learning": nothing,
    }
    raw: Raw = {
        "engagement": "sometimes",
        "engagement_example": f"Came to the last two reviews, missed the three before ({case.today.year}).",
        "children_through_adult": "Speaks of the children at most visits; they have not been seen here.",
    }
    for key, finding in found.items():
        raw[key] = finding.state
        if finding.what:
            raw |= {f"{key}_note": finding.what, f"{key}_impact": finding.effect}
    return raw


def _chronology(case: Case) -> Raw:
    raw: Raw = {}
    for number, (days, what, how) in enumerate(case.story.events):
        raw |= case.ago(f"events-{number}-on", days)
        raw |= {
            f"events-{number}-people": case.children,
            f"events-{number}-event": what,
            f"events-{number}-known_how": how,
            f"events-{number}-known_from": "Letter in the record"
            if how == "other_service"
            else "Our own notes",
        }
    return raw


def _worries(case: Case) -> Raw:
    return {
        "worries-0-kind": case.story.worry_kind,
        "worries-0-worry": case.story.worry,
        "worries-0-children": case.children,
    }


def _safety(case: Case) -> Raw:
    return {
        "strengths-0-strength": case.story.strength,
        "strengths-0-children": case.children,
        "safety_shown-0-example": case.story.safety,
        **case.ago("safety_shown-0-on", 95),
        "safety_shown-0-children": case.children,
        "needs-0-action": case.story.need,
        "needs-0-children": case.children,
    }


def _opinion(case: Case) -> Raw:
    raw: Raw = {
        "changes": "Two appointments were kept since the last conference; the others were missed.",
        "safer": "same",
        "harm": case.story.harm,
        "reasons": case.story.reasons,
        "plan_view": "no_view",
    }
    return raw | ({"categories": [case.story.category]} if case.story.harm == "likely" else {})


def _restricted(case: Case) -> Raw:
    raw: Raw = {"staff_safety": "none_recorded"}
    told_by = next((each for each in case.adults if each.kind == "mother" and each.is_asked), None)
    others = [each.id for each in case.adults if each is not told_by]
    if case.story.secret is None or told_by is None or not others:
        return raw | {"items-instead": "none"}
    return raw | _item(case.story.secret, about=told_by.id, barred=others)


def _item(secret: Secret, *, about: str, barred: Iterable[str]) -> Raw:
    raw: Raw = {
        "items-0-item": secret.item,
        "items-0-about": [about],
        "items-0-must_not_see": list(barred),
        "items-0-consequence": secret.consequence,
        "items-0-read_by": "chair" if secret.chair_reason else "professionals",
        "items-0-agreed_with": "chair" if secret.chair_reason else "contact_team",
    }
    return raw | ({"items-0-chair_reason": secret.chair_reason} if secret.chair_reason else {})


def _told_child(_case: Case) -> Raw:
    return {"told": "too_young"}


def _told(case: Case) -> Raw:
    if case.person is not None and case.person.kind == "mother":
        return {"told": "yes", **case.ago("told_on", 1), "told_how": "phone"}
    return {"told": "not_reached"}


def _attendance(_case: Case) -> Raw:
    return {"attendance": "report_only", "support": "A room without stairs, and easy words."}


_MAKERS: dict[str, Callable[[Case], Raw]] = {
    "writer": _writer,
    "record": _record,
    "pregnancy": _pregnancy,
    "contact": _contact,
    "health": _health,
    "voice": _voice,
    "sibling": _sibling,
    "adult_health": _adult_health,
    "chronology": _chronology,
    "worries": _worries,
    "safety": _safety,
    "opinion": _opinion,
    "restricted": _restricted,
    "told_child": _told_child,
    "told": _told,
    "attendance": _attendance,
}


def page_id() -> uuid.UUID:
    """The page on which something was typed: each save of the demonstration is a page of its own."""
    return uuid.uuid4()
