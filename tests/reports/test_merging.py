from dataclasses import replace

from portal.questionnaire.registry import get
from portal.questionnaire.situation import PersonAsked, Situation
from portal.reports.merging import Keep, differences, put_together

ADA = PersonAsked("1", "Ada", "subject")
SITUATION = Situation("initial", (ADA,))


def part(section, person=None):
    return get("gp_report_v1").part(SITUATION, section, person)


def test_only_what_differs_is_asked():
    found = differences(
        part("writer"), {"knows_family": "knows_well", "involvement": "A"}, {"involvement": "B"}, SITUATION
    )
    assert [(each.key, each.saved, each.aside) for each in found] == [
        ("knows_family", "I know the family well", "Not answered"),
        ("involvement", "A", "B"),
    ]


def test_both_texts_stand_one_after_the_other():
    together = put_together(
        part("writer"), {"involvement": "A"}, {"involvement": "B"}, {"involvement": Keep.BOTH}
    )
    assert together == {"involvement": "A\n\nB"}


def test_words_under_a_condition_that_no_longer_holds_are_shown():
    saved, aside = {"other_adults": "yes", "other_adults_details": "A"}, {"other_adults_details": "B"}
    found = differences(part("writer"), saved, aside, SITUATION)
    assert ("other_adults_details", "A", "B") in [(each.key, each.saved, each.aside) for each in found]


def test_rows_of_both_are_kept_and_the_same_row_only_once():
    saved = {"events-0-event": "Fell", "events-1-event": "Burnt"}
    aside = {"events-0-event": "Fell", "events-1-event": "Scalded", "events-1-people": ["1"]}
    together = put_together(part("chronology"), saved, aside, {"events": Keep.BOTH})
    assert together == {**saved, "events-2-event": "Scalded", "events-2-people": ["1"]}


def test_both_is_not_offered_where_it_would_not_fit():
    most = next(question for question in part("chronology").questions if question.key == "events").maximum
    saved = {f"events-{index}-event": f"S{index}" for index in range(most)}
    found = differences(part("chronology"), saved, {"events-0-event": "other"}, SITUATION)
    assert [each.can_keep_both for each in found] == [False]


def test_what_nobody_chose_stays_as_saved():
    together = put_together(part("writer"), {"involvement": "A"}, {"involvement": "B"}, {})
    assert together == {"involvement": "A"}


def test_the_other_text_can_be_taken_whole():
    together = put_together(part("writer"), {"involvement": "A"}, {}, {"involvement": Keep.ASIDE})
    assert together == {}


def test_what_is_not_asked_any_more_is_kept_from_both():
    asked = replace(part("writer"), questions=part("writer").questions[:1])
    together = put_together(
        asked,
        {"involvement": "A", "other_adults": "yes"},
        {"involvement": "B", "other_adults": "not_looked", "other_adults_details": "C"},
        {},
    )
    assert together == {"involvement": "A\n\nB", "other_adults": "yes", "other_adults_details": "C"}
