"""Invented families and situations for the questionnaire's tests."""

from datetime import date

from portal.questionnaire.registry import current
from portal.questionnaire.situation import PersonAsked, SectionPart, Situation

TODAY = date(2026, 11, 23)

ELLA = PersonAsked("ella", "Ella Example", "subject")
TOM = PersonAsked("tom", "Tom Example", "subject")
BABY = PersonAsked("baby", "Unborn baby Example", "subject", is_unborn=True)
MOTHER = PersonAsked("mother", "Mary Example", "mother")
FATHER = PersonAsked("father", "Frank Sample", "father")
PARTNER = PersonAsked("partner", "Paul Trial", "partner")
SISTER = PersonAsked("sister", "Sue Example", "sibling")
EVERYBODY = (MOTHER, FATHER, PARTNER, SISTER, ELLA, TOM, BABY)


def situation(*people: PersonAsked, conference_type="initial", settings=()) -> Situation:
    return Situation(conference_type, people or EVERYBODY, frozenset(settings))


def part(section_key: str, person: PersonAsked | None = None, where: Situation | None = None) -> SectionPart:
    where = where or situation()
    return current(where.conference_type).part(where, section_key, person.id if person else None)
