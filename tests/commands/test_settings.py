"""Secrets are made once and kept private; production makes none up."""

import stat

import pytest

import config
from commands import settings
from commands.failure import Failure


@pytest.fixture
def secrets_file(tmp_path, monkeypatch):
    file = tmp_path / "secrets.env"
    monkeypatch.setattr(settings, "SECRETS", file)
    for name in ("SECRET_KEY", "DATA_KEYS", "BLIND_INDEX_KEY", "PORTAL_ENVIRONMENT"):
        monkeypatch.delenv(name, raising=False)
    return file


def test_secrets_are_made_once_for_their_owner_only(secrets_file):
    first = settings.made_secrets()

    assert settings.made_secrets() == first
    assert stat.S_IMODE(secrets_file.stat().st_mode) == 0o600
    assert list(secrets_file.parent.iterdir()) == [secrets_file]


def test_made_secrets_satisfy_the_application(secrets_file):
    environment = settings.for_environment("demonstration", {"DATABASE_URL": "postgresql+psycopg:///x"})

    assert config.from_environment(environment).is_demonstration


def test_what_is_set_goes_before_what_was_made(secrets_file, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "chosen by the reader")

    assert settings.for_environment("development", {})["SECRET_KEY"] == "chosen by the reader"


def test_database_addresses_come_from_the_command_only(secrets_file, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://administrator@/x")

    assert "DATABASE_URL" not in settings.for_environment("test", {})


def test_production_names_every_missing_setting(monkeypatch):
    for name in settings.NEEDED_IN_PRODUCTION:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PUBLIC_ADDRESS", "https://portal.example.org")

    with pytest.raises(Failure) as failure:
        settings.for_production()

    for name in settings.NEEDED_IN_PRODUCTION:
        assert (name in str(failure.value)) == (name != "PUBLIC_ADDRESS")


def test_production_refuses_another_environment(monkeypatch):
    for name in settings.NEEDED_IN_PRODUCTION:
        monkeypatch.setenv(name, "set")

    with pytest.raises(Failure, match="PORTAL_ENVIRONMENT must be production"):
        settings.for_production()
