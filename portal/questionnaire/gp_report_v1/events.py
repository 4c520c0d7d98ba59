"""The chronology: what happened, when, to whom, and how the practice knows."""

from portal.questionnaire.model import (
    Choice,
    DateAnswer,
    Option,
    PeopleChoice,
    Per,
    Readers,
    Rows,
    Section,
    Text,
)
from portal.questionnaire.phrases import NOT_LOOKED, options

EVENTS = Section(
    key="chronology",
    title="Chronology",
    per=Per.REPORT,
    readers=Readers.FAMILY,
    introduction="Only events that matter for the children’s safety. Leave out day or month when not known.",
    questions=(
        Rows(
            key="events",
            text="Which events matter?",
            reading="Chronology",
            source="Surrey, South Ayrshire; fields 24, 25",
            row_name="an event",
            maximum=60,
            instead=(Option("none_recorded", "None recorded that matter"), NOT_LOOKED),
            about="people",
            barred="must_not_see",
            readers=Readers.FAMILY,
            questions=(
                DateAnswer(key="on", text="Date it happened", reading="Date", readers=Readers.FAMILY),
                PeopleChoice(
                    key="people", text="Who the event is about", reading="About", readers=Readers.FAMILY
                ),
                Text(key="event", text="What happened", reading="Event", limit=300, readers=Readers.FAMILY),
                Choice(
                    key="known_how",
                    text="How you know of the event",
                    reading="How known",
                    source="Idea 23; field 48",
                    options=options(
                        seen="Seen by us",
                        told="Told to us",
                        other_service="From another service",
                        opinion="Our opinion",
                    ),
                    readers=Readers.FAMILY,
                ),
                Text(
                    key="known_from",
                    text="Who saw it or told you",
                    reading="By whom",
                    limit=60,
                    is_long=False,
                    # Who told us can put a person at risk: professionals only.
                ),
                PeopleChoice(
                    key="must_not_see",
                    text="Who must not see this event",
                    reading="Must not be seen by",
                    hint="Leave empty if nobody.",
                    is_required=False,
                ),
            ),
        ),
    ),
)
