"""A missing or weak setting stops the start, by its name."""

import base64
import os

import pytest

from config import Config, ConfigurationError, from_environment

GOOD = {
    "PORTAL_ENVIRONMENT": "production",
    "SECRET_KEY": "kJ8s0Qw3nZ5tY7uIpLx2cVb4mNfRgHhDeA",
    "DATA_KEYS": "k1:" + base64.b64encode(bytes(range(32))).decode(),
    "BLIND_INDEX_KEY": base64.b64encode(bytes(range(40, 72))).decode(),
    "DATABASE_URL": "postgresql+psycopg://portal_app@/portal",
    "PUBLIC_ADDRESS": "https://portal.example.org/",
    "SMTP_HOST": "mail.example.org",
    "MAIL_SENDER": "conferences@portal.example.org",
}
SECRETS = ("SECRET_KEY", "DATA_KEYS", "BLIND_INDEX_KEY")


def changed(**values):
    return from_environment({name: value for name, value in {**GOOD, **values}.items() if value is not None})


def test_sound_settings_are_read():
    config = changed()
    assert config.is_production
    assert config.public_address == "https://portal.example.org"
    assert config.current_data_key == "k1"


@pytest.mark.parametrize("name", [*SECRETS, "DATABASE_URL", "SMTP_HOST", "MAIL_SENDER", "PUBLIC_ADDRESS"])
def test_a_missing_setting_is_named(name):
    with pytest.raises(ConfigurationError, match=f"{name} is missing"):
        changed(**{name: None})


@pytest.mark.parametrize(
    ("name", "weak"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 64),
        ("SECRET_KEY", "changeme" * 8),
        ("DATA_KEYS", "k1:" + base64.b64encode(bytes(32)).decode()),
        ("DATA_KEYS", "k1:" + base64.b64encode(bytes(range(16))).decode()),
        ("DATA_KEYS", "k1:not base64!"),
        ("DATA_KEYS", base64.b64encode(bytes(range(32))).decode()),
        ("DATA_KEYS", "a name that is too long:" + base64.b64encode(bytes(range(32))).decode()),
        ("BLIND_INDEX_KEY", base64.b64encode(b"x" * 32).decode()),
        ("BLIND_INDEX_KEY", "nonsense"),
        ("PORTAL_ENVIRONMENT", "prodution"),
        ("PUBLIC_ADDRESS", "http://portal.example.org"),
        ("MAIL_SENDER", "conferences"),
        ("SMTP_PORT", "smtp"),
    ],
)
def test_a_weak_setting_is_named(name, weak):
    with pytest.raises(ConfigurationError, match=name):
        changed(**{name: weak})


@pytest.mark.parametrize("environment", ["development", "test", "demonstration"])
def test_without_a_mail_server_only_production_stops(environment):
    config = changed(PORTAL_ENVIRONMENT=environment, SMTP_HOST=None, MAIL_SENDER=None, PUBLIC_ADDRESS=None)
    assert config.mail.host is None


def test_one_key_for_two_purposes_is_refused():
    key = base64.b64encode(os.urandom(32)).decode()
    with pytest.raises(ConfigurationError, match="BLIND_INDEX_KEY"):
        changed(SECRET_KEY=key, BLIND_INDEX_KEY=key)
    with pytest.raises(ConfigurationError, match="BLIND_INDEX_KEY"):
        changed(DATA_KEYS=f"k1:{key}", BLIND_INDEX_KEY=key)


def test_the_first_data_key_seals_and_all_of_them_open():
    keys = [base64.b64encode(os.urandom(32)).decode() for _ in range(2)]
    config = changed(DATA_KEYS=f"new:{keys[0]}, old:{keys[1]}")
    assert config.current_data_key == "new"
    assert set(config.data_keys) == {"new", "old"}


def test_no_secret_stands_in_what_is_printed_of_the_settings():
    shown = repr(changed(SMTP_HOST="mail", SMTP_PASSWORD="letters-only-secret"))
    for secret in (GOOD["SECRET_KEY"], GOOD["DATABASE_URL"], "letters-only-secret"):
        assert secret not in shown
    assert repr(bytes(range(32))) not in shown


def test_only_the_demonstration_says_so(portal_config: Config):
    assert not portal_config.is_demonstration
    assert changed(PORTAL_ENVIRONMENT="demonstration").is_demonstration
