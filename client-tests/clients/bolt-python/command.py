"""A Bolt app over an installation store, and a slash command for it."""

import time
from urllib.parse import urlencode

from installations import (
    AsyncStore,
    Store,
    installation_of,
    installation_shown,
    stores,
)
from outcome import raised, returned
from slack_bolt import App, BoltRequest
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk.signature import SignatureVerifier

SIGNING_SECRET = "secret"


def understand_command(request, client, is_async):
    base_url = request["base_url"]
    advance = request.get("advance", 0)
    if not isinstance(advance, int):
        raise ValueError("advance is no whole number of seconds")
    if "installation" in request:
        stores[base_url] = Store(installation_of(request["installation"]))
    elif base_url not in stores:
        raise ValueError(f"no installation was given for {base_url} yet")
    return deliver(
        stores[base_url], advance, request["arguments"], client, is_async
    )


async def deliver(store, advance, arguments, client, is_async):
    store.advance(advance)
    outcomes = []
    try:
        if is_async:
            app = async_app(store, arguments, client, outcomes)
            request = AsyncBoltRequest(**signed_command(store.installation))
            response = await app.async_dispatch(request)
        else:
            app = sync_app(store, arguments, client, outcomes)
            request = BoltRequest(**signed_command(store.installation))
            response = app.dispatch(request)
        outcome = {**returned(None), "status": response.status}
    except Exception as error:
        outcome = raised(error)
    return {
        **outcome,
        "listener": outcomes[0] if outcomes else None,
        "installation": installation_shown(store.installation),
    }


def app_options(settings_class, store, arguments, client):
    return {
        "client": client,
        "signing_secret": SIGNING_SECRET,
        # Bolt gives its client to the rotator of a store that the app itself
        # is given. One that only the settings have gets a rotator that calls
        # slack.com, whatever client the app has.
        "installation_store": store,
        "oauth_settings": settings_class(
            installation_store=store, **arguments
        ),
        # The listener is done when the dispatch returns.
        "process_before_response": True,
    }


def sync_app(store, arguments, client, outcomes):
    app = App(**app_options(OAuthSettings, store, arguments, client))

    @app.command("/ping")
    def ping(ack, client):
        ack()
        try:
            outcomes.append(returned(client.auth_test()))
        except Exception as error:
            outcomes.append(raised(error))

    return app


def async_app(store, arguments, client, outcomes):
    app = AsyncApp(
        **app_options(AsyncOAuthSettings, AsyncStore(store), arguments, client)
    )

    @app.command("/ping")
    async def ping(ack, client):
        await ack()
        try:
            outcomes.append(returned(await client.auth_test()))
        except Exception as error:
            outcomes.append(raised(error))

    return app


def signed_command(installation):
    """Returns body and headers as Slack sends them."""
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
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": signature,
    }
    return {"body": body, "headers": headers}
