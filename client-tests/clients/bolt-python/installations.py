"""Installations: as a request spells them, and as a store holds them."""

import copy
import time

from slack_sdk.oauth.installation_store import Installation, InstallationStore
from slack_sdk.oauth.installation_store.async_installation_store import (
    AsyncInstallationStore,
)

KINDS = ("bot", "user")
KEYS = (
    "app_id team_id user_id bot_id bot_user_id bot_scopes bot_token"
    " bot_refresh_token user_scopes user_token user_refresh_token"
).split()

stores = {}  # by base_url


def installation_of(given):
    """Returns what a request spells out, or raises ValueError."""
    if not isinstance(given, dict):
        raise ValueError("installation is missing or no object")
    fields = {key: given.get(key) for key in KEYS}
    for key, value in fields.items():
        if not isinstance(value, (str, type(None))):
            raise ValueError(f"{key} is no text")
    now = int(time.time())
    for kind in KINDS:
        seconds = given.get(f"{kind}_expires_in")
        if not isinstance(seconds, (int, type(None))):
            raise ValueError(f"{kind}_expires_in is no whole number")
        if seconds is not None:
            fields[f"{kind}_token_expires_at"] = now + seconds
    return Installation(**fields)


def installation_shown(installation):
    fields = installation.to_dict()
    shown = {key: fields[key] for key in KEYS}
    now = int(time.time())
    for kind in KINDS:
        expires_at = getattr(installation, f"{kind}_token_expires_at")
        remaining = None if expires_at is None else expires_at - now
        shown[f"{kind}_expires_in"] = remaining
    return shown


class Store(InstallationStore):
    """Holds one installation, whoever asks for it."""

    def __init__(self, installation=None):
        self.installation = installation

    def advance(self, seconds):
        for kind in KINDS:
            key = f"{kind}_token_expires_at"
            expires_at = getattr(self.installation, key)
            if expires_at is not None:
                setattr(self.installation, key, expires_at - seconds)

    def save(self, installation):
        self.installation = installation

    def find_installation(self, **_):
        # Bolt drops another person's user token from what it finds.
        return copy.copy(self.installation)


class Deletions(Store):
    """Notes which installations Bolt wants gone, and lets them go."""

    def __init__(self):
        super().__init__()
        self.deleted = []

    def delete(self, what):
        self.deleted.append(what)
        self.installation = None

    def delete_bot(self, *, enterprise_id, team_id):
        self.delete(f"bot of {team_id}")

    def delete_installation(self, *, enterprise_id, team_id, user_id=None):
        self.delete(f"{user_id} of {team_id}")

    def delete_all(self, *, enterprise_id, team_id):
        self.delete(f"all of {team_id}")


class AsyncStore(AsyncInstallationStore):
    """The same installation, for Bolt's async half."""

    def __init__(self, store):
        self.store = store

    async def async_save(self, installation):
        self.store.save(installation)

    async def async_find_installation(self, **asked):
        return self.store.find_installation(**asked)


class AsyncDeletions(AsyncStore):
    """The same notes, for Bolt's async half."""

    async def async_delete_bot(self, **asked):
        self.store.delete_bot(**asked)

    async def async_delete_installation(self, **asked):
        self.store.delete_installation(**asked)

    async def async_delete_all(self, **asked):
        self.store.delete_all(**asked)
