from portal.documents.content import Answer, Answers, AnswerState, Heading, Paragraph
from portal.documents.text import to_text
from tests.documents.sample import document


def test_text_holds_each_part_of_an_answer_in_reading_order():
    answer = Answer("Question", "Answer", "Note", ("Fact", "Not yet checked"), AnswerState.NOT_KNOWN)

    lines = to_text(document(Heading(1, "Health"), Answers((answer,)), Paragraph("Last"))).split("\n")

    assert lines == [
        "Chair's pack",
        "The Przykładowy family",
        "Health",
        "Question",
        "Fact · Not yet checked",
        "Not known or not looked",
        "Answer",
        "Note",
        "Last",
    ]
