"""The one error of `./run`: a sentence for the reader, no traceback."""


class Failure(Exception):
    """Something the reader has to know or do; the message says what."""
