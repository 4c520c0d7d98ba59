"""The reference on a receipt: easy to read aloud, and saying nothing about the family."""

import secrets

LETTERS = "23456789CDFGHJKMNPQRTVWXY"
"""No vowels and none that are mistaken for another: no words by chance, no 0 for O."""
LENGTH = 8


def new_reference() -> str:
    """A fresh one, "GP-7K3M-Q2XD": 25 to the power of 8, so that two alike are not to be expected."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return f"GP-{drawn[:4]}-{drawn[4:]}"
