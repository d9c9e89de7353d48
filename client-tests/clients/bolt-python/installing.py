"""How Bolt's OAuth flow installs an app."""

import tempfile
from urllib.parse import urljoin

from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk.oauth.state_store import FileOAuthStateStore

STATE_LIFE = 600  # seconds

# It goes when this program ends.
states = tempfile.TemporaryDirectory()


def settings_for(base_url, arguments, port, store):
    return make_settings(OAuthSettings, base_url, arguments, port, store)


def async_settings_for(base_url, arguments, port, store):
    return make_settings(AsyncOAuthSettings, base_url, arguments, port, store)


def make_settings(settings_class, base_url, arguments, port, store):
    return settings_class(
        client_id=arguments["client_id"],
        client_secret=arguments["client_secret"],
        scopes=arguments.get("scopes", ""),
        user_scopes=arguments.get("user_scopes", ""),
        redirect_uri=f"http://127.0.0.1:{port}/slack/oauth_redirect",
        # Beside the API, in a sandbox too.
        authorization_url=urljoin(base_url, "../oauth/v2/authorize"),
        installation_store=store,
        state_store=FileOAuthStateStore(
            expiration_seconds=STATE_LIFE,
            base_dir=states.name,
            client_id=arguments["client_id"],
        ),
    )
