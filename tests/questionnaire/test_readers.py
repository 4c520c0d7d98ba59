"""Tests of who reads what: a canary in every text, an oracle that knows nothing of the code."""

import re
from dataclasses import replace
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.questionnaire.answers import AnswerState, answered, plain_text
from portal.questionnaire.model import Choice, DateAnswer, PeopleChoice, Readers, Rows, Text
from portal.questionnaire.readers import FamilyLinks, Reader, ReaderKind, readable
from portal.questionnaire.registry import current

from .families import ELLA, EVERYBODY, FATHER, MOTHER, part, situation

CHAIR, PROFESSIONALS = Reader(ReaderKind.CHAIR), Reader(ReaderKind.PROFESSIONALS)
LINKS = FamilyLinks(
    parent_of={"mother": frozenset({"ella", "tom", "baby", "sister"}), "father": frozenset({"ella"})},
    must_not_see={"father": frozenset({"ella", "mother"})},
    children=frozenset({"ella", "tom", "baby", "sister"}),
    is_address_confidential=False,
)


def family_member(person_id):
    return Reader(ReaderKind.FAMILY, person_id)


def copy_for(reader, section_key, raw, person=None, links=LINKS):
    section = part(section_key, person)
    return plain_text(readable(section, answered(section, raw, EVERYBODY), reader, links))


def test_child_is_read_by_its_own_parent_and_not_by_one_who_is_barred_or_is_no_parent():
    raw = {"health_summary": "Asthma"}

    read_by = {
        person.id
        for person in EVERYBODY
        if "Asthma" in copy_for(family_member(person.id), "health", raw, ELLA)
    }

    assert read_by == {"mother"}


def test_parent_not_known_to_be_one_reads_nothing_of_the_child():
    assert copy_for(family_member("mother"), "health", {"health_summary": "x"}, ELLA, FamilyLinks()) == ""


def test_adult_is_read_by_that_adult_only_and_domestic_abuse_by_no_relative():
    raw = {"mental_health": "current", "mental_health_note": "Low mood", "domestic_abuse": "past"}

    assert "Low mood" in copy_for(family_member("mother"), "adult_health", raw, MOTHER)
    assert "Domestic abuse" not in copy_for(family_member("mother"), "adult_health", raw, MOTHER)
    assert copy_for(family_member("father"), "adult_health", raw, MOTHER) == ""
    assert "Domestic abuse: In the past" in copy_for(PROFESSIONALS, "adult_health", raw, MOTHER)


def test_effect_on_the_children_is_left_out_for_an_adult_who_is_not_parent_of_each():
    raw = {"alcohol_drugs": "current", "alcohol_drugs_impact": "Tom was alone"}

    assert "Tom was alone" in copy_for(family_member("mother"), "adult_health", raw, MOTHER)
    assert "Tom was alone" not in copy_for(family_member("father"), "adult_health", raw, FATHER)


def test_places_and_clinicians_are_left_out_where_an_address_is_confidential():
    raw = {"was_seen": "seen", "seen_by": "Nurse Sample", "unscheduled-0-place": "City Hospital"}
    hidden = FamilyLinks(LINKS.parent_of, LINKS.must_not_see, LINKS.children, is_address_confidential=True)

    assert "City Hospital" in copy_for(family_member("mother"), "contact", raw, ELLA)
    kept = copy_for(family_member("mother"), "contact", raw, ELLA, hidden)
    assert "Nurse Sample" not in kept
    assert "City Hospital" not in kept
    assert "Seen by the practice: Yes" in kept


def test_row_about_two_children_is_left_out_for_the_parent_of_one_and_rows_are_numbered_anew():
    links = FamilyLinks({"father": frozenset({"ella"})}, {}, frozenset({"ella", "tom"}))
    raw = {
        "worries-0-worry": "Both hungry",
        "worries-0-children": ["ella", "tom"],
        "worries-1-worry": "Ella hurt",
        "worries-1-children": ["ella"],
        "worries-2-worry": "Nobody named",
    }

    text = copy_for(family_member("father"), "worries", raw, links=links)

    assert "Ella hurt" in text
    assert "1." in text
    assert "2." not in text
    assert "Both hungry" not in text
    assert "Nobody named" not in text


def test_row_bars_more_people_and_its_copy_does_not_say_that_anybody_is_barred():
    raw = {
        "events-0-event": "Bruise",
        "events-0-people": ["ella"],
        "events-0-must_not_see": ["mother"],
        "events-1-event": "Fall",
        "events-1-people": ["ella"],
        "events-1-must_not_see": ["partner"],
    }

    text = copy_for(family_member("mother"), "chronology", raw)

    assert "Bruise" not in text
    assert "Fall" in text
    assert "Must not be seen by" not in text
    assert "Paul" not in text


def test_shared_rows_of_which_none_is_left_read_like_no_rows_at_all():
    others = {"worries-0-worry": "w", "worries-0-children": ["tom"]}

    for raw in (others, {"worries-instead": "none_found"}, {}):
        assert copy_for(family_member("father"), "worries", raw) == ""


def test_item_kept_to_the_chair_is_read_by_the_chair_alone():
    raw = {"items-0-item": "Refuge", "items-0-read_by": "chair", "items-0-chair_reason": "Risk"}

    assert "Refuge" in copy_for(CHAIR, "restricted", raw)
    assert "Refuge" not in copy_for(PROFESSIONALS, "restricted", raw)
    assert "Refuge" not in copy_for(family_member("mother"), "restricted", raw)


def test_section_closes_what_a_question_would_open():
    section = part("health", ELLA)
    closed = replace(section, section=replace(section.section, readers=Readers.PROFESSIONALS))
    found = answered(closed, {"health_summary": "Asthma"}, EVERYBODY)

    assert readable(closed, found, family_member("mother"), LINKS) == ()
    assert readable(closed, found, PROFESSIONALS, LINKS) == found


CLOSED = {"restricted", "told", "told_child", "attendance", "pregnancy"}
ADDRESS = {"seen_by", "seen_with", "service", "place"}
EVERY_CHILD = {
    "mental_health_impact",
    "alcohol_drugs_impact",
    "physical_learning_impact",
    "children_through_adult",
}
NEVER = {"known_from", "other_adults_details", "corrections", "involvement", "not_read_reason"}
NEVER |= {"domestic_abuse_note", "domestic_abuse_impact"}
IDS = [person.id for person in EVERYBODY]
CHILDREN = {"ella", "tom", "baby", "sister"}
PARTS = current("review").sections_for(
    situation(*EVERYBODY, conference_type="review", settings=["asks_plan_view", "child_elsewhere"])
)
someone = st.frozensets(st.sampled_from(IDS), max_size=5)
links_drawn = st.builds(
    FamilyLinks,
    st.dictionaries(st.sampled_from(IDS), someone, max_size=4),
    st.dictionaries(st.sampled_from(IDS), someone, max_size=3),
    st.frozensets(st.sampled_from(sorted(CHILDREN)), max_size=3) | st.just(frozenset(CHILDREN)),
    st.booleans(),
)


def fill(draw, questions, prefix, tokens, raw):
    for question in questions:
        name = prefix + question.key
        if isinstance(question, Rows):
            for index in range(draw(st.integers(0, 3))):
                fill(draw, question.questions, f"{name}-{index}-", tokens, raw)
        elif isinstance(question, Text):
            raw[name] = f"canary{next(tokens):05}"
        elif isinstance(question, DateAnswer):
            raw[f"{name}-year"] = "2020"
        elif isinstance(question, Choice):
            raw[name] = draw(st.sampled_from(question.options)).value
        elif isinstance(question, PeopleChoice):
            raw[name] = sorted(draw(someone))
    return raw


def own(links, reader):
    """Whom this reader may read about, spelled out one by one."""
    parent_of = links.parent_of.get(reader, ())
    return {
        each
        for each in IDS
        if (each == reader or each in parent_of) and each not in links.must_not_see.get(reader, ())
    }


def family_may_read(section, name, raw, reader, links):
    """The rule of design section 4, said anew."""
    key = name.split("-")[-1]
    if section.section.key in CLOSED or key in NEVER:
        return False
    if key in ADDRESS and links.is_address_confidential:
        return False
    if key in EVERY_CHILD and not (links.children and links.children <= own(links, reader) - {reader}):
        return False
    if section.person is not None:
        is_child = section.person.id in CHILDREN
        return section.person.id in own(links, reader) - {reader} if is_child else section.person.id == reader
    row = name.rsplit("-", 1)[0]
    about = set(raw.get(f"{row}-people", [])) | set(raw.get(f"{row}-children", []))
    return bool(about) and about <= own(links, reader) and reader not in raw.get(f"{row}-must_not_see", [])


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_canary_is_read_by_exactly_those_who_may_read_it(data):
    section, links = data.draw(st.sampled_from(PARTS)), data.draw(links_drawn)
    raw = fill(data.draw, section.questions, "", count(1), {})
    found = answered(section, raw, EVERYBODY)
    full = set(re.findall(r"canary\d+", plain_text(found)))
    names = {value: name for name, value in raw.items() if isinstance(value, str)}

    assert copied(section, found, CHAIR, links) == full
    kept = {each for each in full if raw.get(names[each].rsplit("-", 1)[0] + "-read_by") == "chair"}
    assert copied(section, found, PROFESSIONALS, links) == full - kept
    for reader in IDS:
        allowed = {each for each in full if family_may_read(section, names[each], raw, reader, links)}
        assert copied(section, found, family_member(reader), links) == allowed
    assert copied(section, found, Reader(ReaderKind.FAMILY), links) == set()


def copied(section, found, reader, links):
    """Every canary in what a reader is given, in its words or anywhere inside."""
    given_out = readable(section, found, reader, links)
    words = set(re.findall(r"canary\d+", plain_text(given_out)))
    assert words == set(re.findall(r"canary\d+", repr(given_out)))
    return words


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_family_copy_never_carries_a_question_declared_for_professionals(data):
    section, links = data.draw(st.sampled_from(PARTS)), data.draw(links_drawn)
    found = answered(section, fill(data.draw, section.questions, "", count(1), {}), EVERYBODY)
    for reader in IDS:
        for each in readable(section, found, family_member(reader), links):
            cells = [cell for row in each.rows for cell in row.cells]
            assert all(one.question.readers is not Readers.PROFESSIONALS for one in (each, *cells))
            assert all(one.state is not AnswerState.NOT_ASKED for one in (each, *cells))
            assert all(not row.barred for row in each.rows)
