"""What the SDK refreshes tokens with, over an installation store in memory."""

import logging
import time
from urllib.parse import urlencode

from outcome import raised, returned
from slack_bolt import App, BoltRequest
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization.async_authorize import (
    AsyncInstallationStoreAuthorize,
)
from slack_bolt.authorization.authorize import InstallationStoreAuthorize
from slack_sdk.oauth.installation_store import (
    Installation,
    InstallationStore,
)
from slack_sdk.oauth.installation_store.async_installation_store import (
    AsyncInstallationStore,
)
from slack_sdk.oauth.token_rotation import TokenRotator
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.signature import SignatureVerifier

SIGNING_SECRET = "secret"
WINDOW_MINUTES = 120  # the SDK's own default
KEYS = (
    "app_id team_id user_id bot_id bot_user_id bot_scopes bot_token"
    " bot_refresh_token user_scopes user_token user_refresh_token"
).split()


def installation_of(given):
    now = int(time.time())
    fields = {key: given.get(key) for key in KEYS}
    for kind in "bot", "user":
        seconds = given.get(f"{kind}_expires_in")
        fields[f"{kind}_token_expires_at"] = seconds and now + seconds
    return Installation(**fields)


def installation_shown(installation):
    now = int(time.time())
    shown = {key: getattr(installation, key) for key in KEYS}
    for key in "bot_scopes", "user_scopes":
        shown[key] = ",".join(shown[key] or [])
    for kind in "bot", "user":
        expires_at = getattr(installation, f"{kind}_token_expires_at")
        shown[f"{kind}_expires_in"] = expires_at and expires_at - now
    return shown


class Store(InstallationStore):
    """Holds one installation, whoever asks for it."""

    def __init__(self, installation):
        self.installation = installation

    def advance(self, seconds):
        for key in "bot_token_expires_at", "user_token_expires_at":
            expires_at = getattr(self.installation, key)
            setattr(self.installation, key, expires_at and expires_at - seconds)

    def save(self, installation):
        self.installation = installation

    def save_bot(self, bot):
        self.installation.bot_token = bot.bot_token
        self.installation.bot_refresh_token = bot.bot_refresh_token
        self.installation.bot_token_expires_at = bot.bot_token_expires_at

    def find_bot(self, **_):
        return self.installation.to_bot()

    def find_installation(self, **_):
        return self.installation


class AsyncStore(AsyncInstallationStore):
    """The same for asyncio."""

    def __init__(self, store):
        self.store = store

    async def async_save(self, installation):
        self.store.save(installation)

    async def async_save_bot(self, bot):
        self.store.save_bot(bot)

    async def async_find_bot(self, **asked):
        return self.store.find_bot(**asked)

    async def async_find_installation(self, **asked):
        return self.store.find_installation(**asked)


async def rotate(is_async, client, request):
    arguments = request["arguments"]
    rotator = (AsyncTokenRotator if is_async else TokenRotator)(
        client_id=arguments["client_id"],
        client_secret=arguments["client_secret"],
        client=client,
    )
    installation = installation_of(request["installation"])
    try:
        rotated = rotator.perform_token_rotation(
            installation=installation,
            minutes_before_expiration=WINDOW_MINUTES,
        )
        if is_async:
            rotated = await rotated
    except Exception as error:
        return raised(error)
    outcome = returned(None)
    outcome["body"] = rotated and installation_shown(rotated)
    return outcome


def signed_command(installation):
    """A slash command as Slack sends it: its body and its headers."""
    body = urlencode(
        {
            "command": "/ping",
            "team_id": installation.team_id,
            "user_id": installation.user_id,
            "api_app_id": installation.app_id,
            "channel_id": "C0CHANNEL",
            "trigger_id": "1.1",
        }
    )
    timestamp = str(int(time.time()))
    signature = SignatureVerifier(SIGNING_SECRET).generate_signature(
        timestamp=timestamp, body=body
    )
    return body, {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": signature,
    }


def run_sync(client, credentials, store, outcomes):
    app = App(
        client=client,
        signing_secret=SIGNING_SECRET,
        # What OAuthSettings would make has a rotator with a client of its own,
        # which calls slack.com whatever the app's client says.
        authorize=InstallationStoreAuthorize(
            logger=logging.getLogger("slack_bolt"),
            installation_store=store,
            client=client,
            **credentials,
        ),
        # So that the listener is done when dispatch() returns.
        process_before_response=True,
    )

    @app.command("/ping")
    def ping(ack, client):
        ack()
        try:
            outcomes.append(returned(client.auth_test()))
        except Exception as error:
            outcomes.append(raised(error))

    body, headers = signed_command(store.installation)
    return app.dispatch(BoltRequest(body=body, headers=headers))


async def run_async(client, credentials, store, outcomes):
    app = AsyncApp(
        client=client,
        signing_secret=SIGNING_SECRET,
        authorize=AsyncInstallationStoreAuthorize(
            logger=logging.getLogger("slack_bolt"),
            installation_store=AsyncStore(store),
            client=client,
            **credentials,
        ),
        process_before_response=True,
    )

    @app.command("/ping")
    async def ping(ack, client):
        await ack()
        try:
            outcomes.append(returned(await client.auth_test()))
        except Exception as error:
            outcomes.append(raised(error))

    body, headers = signed_command(store.installation)
    return await app.async_dispatch(AsyncBoltRequest(body=body, headers=headers))


stores = {}


async def command(is_async, client, request):
    base_url = request["base_url"]
    if "installation" in request:
        stores[base_url] = Store(installation_of(request["installation"]))
    store = stores[base_url]
    store.advance(request.get("advance", 0))
    outcomes = []
    given = (client, request["arguments"], store, outcomes)
    try:
        response = await run_async(*given) if is_async else run_sync(*given)
        outcome = {**returned(None), "status": response.status}
    except Exception as error:
        outcome = raised(error)
    outcome["listener"] = outcomes[0] if outcomes else None
    outcome["installation"] = installation_shown(store.installation)
    return outcome


REFRESHERS = {"rotate": rotate, "bolt.command": command}
