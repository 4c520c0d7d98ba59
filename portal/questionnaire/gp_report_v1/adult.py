"""For each adult: what the record shows and what it means for the children."""

from portal.questionnaire.model import Applies, Choice, Per, Readers, Section, Text, When
from portal.questionnaire.phrases import NOT_LOOKED, options, recorded_state
from portal.questionnaire.situation import CHILD_ELSEWHERE

ADULT_HEALTH = Section(
    key="adult_health",
    title="Health and effect on the children",
    per=Per.ADULT,
    readers=Readers.FAMILY,
    introduction="You can share what is relevant about an adult to protect a child. "
    "Say what it means for the child.",
    questions=(
        *recorded_state("mental_health", "Mental health", source="BJGP Box 1; field 27"),
        *recorded_state("alcohol_drugs", "Alcohol and drugs", source="BJGP Box 1; field 28"),
        *recorded_state(
            "domestic_abuse",
            "Domestic abuse",
            source="Field 29",
            note="who was harmed, by whom, and when?",
            hint="Harmed by it, causing it, or both. No family member’s copy shows this answer.",
            # Restricted by default: in nobody's family copy, not even the adult's own.
            readers=Readers.PROFESSIONALS,
            impact_readers=Readers.PROFESSIONALS,
        ),
        *recorded_state("physical_learning", "Physical illness or learning disability", source="Field 30"),
        Choice(
            key="engagement",
            text="How does this adult take up care and advice?",
            reading="Taking up care and advice",
            source="Surrey; field 32",
            options=(*options(well="Well", sometimes="Sometimes", rarely="Rarely or never"), NOT_LOOKED),
            readers=Readers.FAMILY,
        ),
        Text(
            key="engagement_example",
            text="What shows this? Give a dated example",
            reading="Taking up care and advice: example",
            source="Surrey; field 32",
            limit=500,
            when=When("engagement", ("well", "sometimes", "rarely")),
            readers=Readers.FAMILY,
        ),
        Text(
            key="children_through_adult",
            text="What do you know of the children through this adult?",
            reading="Known of the children through this adult",
            source="Issue 2, requests fan out",
            hint="Children at another practice count too. Write “nothing recorded” or “not looked” if so.",
            limit=1000,
            applies=Applies(setting=CHILD_ELSEWHERE),
            readers=Readers.PARENT_OF_EVERY_CHILD,
        ),
    ),
)
