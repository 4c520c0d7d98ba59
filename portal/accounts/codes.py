"""Six-digit codes by time (TOTP, RFC 6238); each works once."""

import hmac

import pyotp

from portal import clock

STEP_SECONDS = 30
DRIFT_STEPS = 1
"""A telephone's clock may be this many steps off."""


def new_secret() -> str:
    return pyotp.random_base32()


def matching_step(secret: str, code: str, *, after: int) -> int | None:
    """The time step that `code` belongs to, or None when it is wrong or not newer than step `after`."""
    digits = "".join(code.split()).encode()
    totp = pyotp.TOTP(secret, interval=STEP_SECONDS)
    present = int(clock.now().timestamp()) // STEP_SECONDS
    for step in range(present - DRIFT_STEPS, present + DRIFT_STEPS + 1):
        if step > after and hmac.compare_digest(totp.generate_otp(step).encode(), digits):
            return step
    return None
