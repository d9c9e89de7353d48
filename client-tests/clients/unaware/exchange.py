"""Exchanges a token COUNT times with a client that knows only slack.com.

Usage: exchange.py CLIENT COUNT [BASE_URL ...]. A line for each call, as ../README.md says.
"""

import asyncio
import json
import os
import subprocess
import sys

ARGUMENTS = {
    "client_id": "4123121235.9872358710",
    "client_secret": "e1b9e11dfcd19c1982d5de12921e17e8c",
    "token": "xoxb-12345-67890-abcdefg",
}


def with_slack_sdk(**options):
    from slack_sdk import WebClient

    return WebClient(retry_handlers=[], **options).oauth_v2_exchange(**ARGUMENTS)


def with_slack_sdk_async(**options):
    from slack_sdk.web.async_client import AsyncWebClient

    # aiohttp reads the proxy from the environment only where it is told to.
    client = AsyncWebClient(
        retry_handlers=[], trust_env_in_session=True, **options
    )
    return asyncio.run(client.oauth_v2_exchange(**ARGUMENTS))


def with_requests(base_url="https://slack.com/api/"):
    import requests

    return requests.post(base_url + "oauth.v2.exchange", data=ARGUMENTS, timeout=10).json()


def with_httpx(base_url="https://slack.com/api/"):
    import httpx

    return httpx.post(base_url + "oauth.v2.exchange", data=ARGUMENTS).json()


def with_curl(base_url="https://slack.com/api/"):
    fields = [part for pair in ARGUMENTS.items() for part in ("-d", "=".join(pair))]
    command = ["curl", "-sS", *fields, base_url + "oauth.v2.exchange"]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


CLIENTS = {
    "slack-sdk": with_slack_sdk,
    "slack-sdk-async": with_slack_sdk_async,
    "requests": with_requests,
    "httpx": with_httpx,
    "curl": with_curl,
}


def outcome(exchange, options):
    try:
        response = exchange(**options)
    except subprocess.CalledProcessError as error:
        return f"raised curl {error.returncode}"
    except Exception as error:
        answer = getattr(error, "response", None)
        if answer is None or "error" not in answer:
            return f"raised {type(error).__name__}"
        response = answer
    return "ok" if response["ok"] else f"error {response['error']}"


def main():
    client, count, *base_urls = sys.argv[1:]
    for options in [{"base_url": url} for url in base_urls] or [{}]:
        for _ in range(int(count)):
            print(outcome(CLIENTS[client], options), flush=True)


if __name__ == "__main__":
    main()
