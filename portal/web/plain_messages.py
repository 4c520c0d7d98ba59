"""The messages of the form libraries, in plain words."""

_CHOOSE = "Choose one of the answers listed"
_DATE = "Enter a real date"
_AGAIN = "Your form did not arrive whole. Reload the page and send it again"
PLAIN_MESSAGES = {
    "Not a valid choice.": _CHOOSE,
    "Invalid Choice: could not coerce.": _CHOOSE,
    "Invalid choice(s): one or more data inputs could not be coerced.": _CHOOSE,
    "'%(value)s' is not a valid choice for this field.": _CHOOSE,
    "'%(value)s' are not valid choices for this field.": _CHOOSE,
    "Choices cannot be None.": _CHOOSE,
    "Invalid value, must be one of: %(values)s.": _CHOOSE,
    "Invalid value, can't be any of: %(values)s.": "Choose another answer",
    "This field is required.": "Answer this question",
    "Invalid input.": "Check what you entered",
    "Not a valid integer value.": "Enter a whole number",
    "Not a valid decimal value.": "Enter a number",
    "Not a valid float value.": "Enter a number",
    "Number must be at least %(min)s.": "Enter a number of %(min)s or more",
    "Number must be at most %(max)s.": "Enter a number of %(max)s or less",
    "Number must be between %(min)s and %(max)s.": "Enter a number from %(min)s to %(max)s",
    "Not a valid date value.": _DATE,
    "Not a valid datetime value.": "Enter a real date and time",
    "Not a valid time value.": "Enter a time, for example 14:30",
    "Not a valid week value.": "Enter a real week",
    "Date must be at least %(min)s.": "Enter a date of %(min)s or later",
    "Date must be at most %(max)s.": "Enter a date of %(max)s or earlier",
    "Date must be between %(min)s and %(max)s.": "Enter a date from %(min)s to %(max)s",
    "Field must be at least %(min)d character long.": "Enter at least %(min)d character",
    "Field must be at least %(min)d characters long.": "Enter at least %(min)d characters",
    "Field cannot be longer than %(max)d character.": "Enter %(max)d character or fewer",
    "Field cannot be longer than %(max)d characters.": "Enter %(max)d characters or fewer",
    "Field must be exactly %(max)d character long.": "Enter exactly %(max)d character",
    "Field must be exactly %(max)d characters long.": "Enter exactly %(max)d characters",
    "Field must be between %(min)d and %(max)d characters long.": "Enter %(min)d to %(max)d characters",
    "Field must be equal to %(other_name)s.": "Enter the same as in the other field",
    "Invalid field name '%s'.": _AGAIN,
    "Invalid email address.": "Enter an e-mail address, for example name@example.org",
    "Invalid IP address.": "Enter a real network address",
    "Invalid Mac address.": "Enter a real device address",
    "Invalid URL.": "Enter a real web address",
    "Invalid UUID.": _AGAIN,
    "This field cannot be edited.": "This cannot be changed",
    "This field is disabled and cannot have a value.": "This cannot be answered here",
    "Invalid CSRF Token.": _AGAIN,
    "CSRF token missing.": _AGAIN,
    "CSRF failed.": _AGAIN,
    "CSRF token expired.": _AGAIN,
    "File does not have an approved extension: {extensions}": "Choose a file that ends in {extensions}",
    "File does not have an approved extension.": "Choose a file of another kind",
}
"""What WTForms and Flask-WTF say, in our words; a test knows every message of theirs."""


class PlainMessages:
    """Says WTForms' own messages in our words."""

    def gettext(self, message: str) -> str:
        """The message in our words, or as it is."""
        return PLAIN_MESSAGES.get(message, message)

    def ngettext(self, singular: str, several: str, count: int) -> str:
        """The message that fits the count."""
        return self.gettext(singular if count == 1 else several)
