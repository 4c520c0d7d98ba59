"""The six-digit codes agree with the standard."""

import json

import pytest

from commands.codes import code_at, people
from commands.failure import Failure

# RFC 6238, appendix B: the SHA-1 rows for the secret "12345678901234567890", cut to six digits.
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
VECTORS = [
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
    (20000000000, "353130"),
]


@pytest.mark.parametrize(("moment", "code"), VECTORS)
def test_code_at_gives_the_published_code(moment, code):
    assert code_at(SECRET, moment) == code


def test_code_at_takes_a_secret_without_padding_and_in_small_letters():
    # "12345678901234567" in base32 ends in "====" when padded.
    assert code_at("gezdgnbvgy3tqojqgezdgnbvgy3q", 59) == code_at("GEZDGNBVGY3TQOJQGEZDGNBVGY3Q====", 59)


def test_people_are_read_with_their_roles_as_words(tmp_path):
    file = tmp_path / "people.json"
    row = {"email": "a@example.org", "password": "p", "totp_secret": SECRET, "roles": ["clinician", "lead"]}
    file.write_text(json.dumps([row]), encoding="utf-8")

    assert people(file)[0].roles == "clinician, lead"


def test_people_say_what_to_do_when_there_is_no_demonstration(tmp_path):
    with pytest.raises(Failure, match=r"\./run demo"):
        people(tmp_path / "people.json")
