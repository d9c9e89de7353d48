"""Makes Slack calls through Bolt for Python, as ../README.md says."""

import argparse
import asyncio
import json
import logging
import os
import re
import sys

from slack_bolt import App
from slack_bolt.async_app import AsyncApp
from slack_sdk import WebClient
from slack_sdk.web.async_client import AsyncWebClient

# Python leaves the program's own folder out, as run asks it to.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from command import understand_command  # noqa: E402
from events import (  # noqa: E402
    understand_heard,
    understand_installed,
    understand_listen,
)
from outcome import raised, returned  # noqa: E402
from rotation import understand_rotate  # noqa: E402
from small_app import understand_post  # noqa: E402

VARIANTS = {"sync": (App, WebClient), "async": (AsyncApp, AsyncWebClient)}
REFRESHERS = {
    "rotate": understand_rotate,
    "bolt.command": understand_command,
    "bolt.listen": understand_listen,
    "bolt.heard": understand_heard,
    "bolt.installed": understand_installed,
    "bolt.post": understand_post,
}
REQUEST = {"call": str, "base_url": str, "arguments": dict, "client": dict}


class Logs(logging.Handler):
    """Keeps what the SDK logs, warnings and errors."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.entries = []

    def emit(self, record):
        level = "error" if record.levelno >= logging.ERROR else "warn"
        self.entries.append({"level": level, "message": record.getMessage()})

    def take(self):
        entries, self.entries = self.entries, []
        return entries


def make_client(variant, base_url, settings):
    options = {"timeout": settings["timeout"]} if "timeout" in settings else {}
    return VARIANTS[variant][1](base_url=base_url, **options)


def make_app(variant, base_url, settings):
    # An app needs a token or an authorize function. A token would go out
    # with every call that has none of its own.
    return VARIANTS[variant][0](
        client=make_client(variant, base_url, settings),
        signing_secret="unused",
        authorize=lambda: None,
    )


def understand(line, variant):
    """Returns a coroutine that makes the outcome, or raises ValueError."""
    request = json.loads(line)
    if not isinstance(request, dict):
        raise ValueError("a request is a JSON object")
    request = {"arguments": {}, "client": {}, **request}
    for key, kind in REQUEST.items():
        if not isinstance(request.get(key), kind):
            raise ValueError(f"{key} is missing or of a wrong type")
    if not isinstance(request["client"].get("timeout", 0), (int, float)):
        raise ValueError("timeout is a number of seconds")

    call = request["call"]
    if call in REFRESHERS:
        client = make_client(variant, request["base_url"], request["client"])
        return REFRESHERS[call](request, client, variant == "async")
    app = make_app(variant, request["base_url"], request["client"])
    method = getattr(app.client, call.replace(".", "_"), None)
    if not re.fullmatch(r"[a-z]+(\.\w+)+", call) or not callable(method):
        raise ValueError(f"the SDK has no method for {call}")
    return perform(method, request["arguments"])


async def perform(method, arguments):
    """Makes one call; the sync client's methods are no coroutines."""
    try:
        response = method(**arguments)
        if asyncio.iscoroutine(response):
            response = await response
    except Exception as error:
        return raised(error)
    return returned(response)


def main():
    parser = argparse.ArgumentParser(prog="run")
    parser.add_argument("variant", nargs="?", choices=VARIANTS, default="sync")
    variant = parser.parse_args().variant

    logs = Logs()
    for package in "slack_sdk", "slack_bolt":
        logging.getLogger(package).addHandler(logs)

    for line in sys.stdin.buffer:
        try:
            coming = understand(line, variant)
        except ValueError as error:
            reply = {"failure": str(error)}
        else:
            logs.take()
            reply = asyncio.run(coming)
            reply["logs"] = logs.take()
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    main()
