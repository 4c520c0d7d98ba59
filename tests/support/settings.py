"""The settings tests run with: keys that open nothing else."""

import base64

from config import Config, from_environment

DATA_KEY = base64.b64encode(bytes(range(32))).decode()
BLIND_INDEX_KEY = base64.b64encode(bytes(range(100, 132))).decode()


def test_config(database_url, mail_folder) -> Config:
    return from_environment(
        {
            "PORTAL_ENVIRONMENT": "test",
            "SECRET_KEY": "a-secret-of-the-tests-and-of-nothing-else-0123456789",
            "DATA_KEYS": f"k1:{DATA_KEY}",
            "BLIND_INDEX_KEY": BLIND_INDEX_KEY,
            "DATABASE_URL": database_url,
            "MAIL_FOLDER": str(mail_folder),
            "PUBLIC_ADDRESS": "http://127.0.0.1:8000",
        }
    )


test_config.__test__ = False
