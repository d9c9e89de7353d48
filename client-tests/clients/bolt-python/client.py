"""Makes Slack calls through Bolt for Python, as ../README.md says."""

import argparse
import asyncio
import json
import logging
import re
import sys

from slack_bolt import App
from slack_bolt.async_app import AsyncApp
from slack_sdk import WebClient
from slack_sdk.web.async_client import AsyncWebClient

VARIANTS = {"sync": (App, WebClient), "async": (AsyncApp, AsyncWebClient)}
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


def make_app(variant, base_url, settings):
    app_class, client_class = VARIANTS[variant]
    options = {"timeout": settings["timeout"]} if "timeout" in settings else {}
    # An app needs a token or an authorize function. A token would go out
    # with every call that has none of its own.
    return app_class(
        client=client_class(base_url=base_url, **options),
        signing_secret="unused",
        authorize=lambda: None,
    )


def understand(line, variant):
    """Returns the SDK's method and its arguments, or raises ValueError."""
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
    app = make_app(variant, request["base_url"], request["client"])
    method = getattr(app.client, call.replace(".", "_"), None)
    if not re.fullmatch(r"[a-z]+(\.\w+)+", call) or not callable(method):
        raise ValueError(f"the SDK has no method for {call}")
    return method, request["arguments"]


def lower_case(headers):
    # The sync client may hold Retry-After and retry-after both.
    # Where aiohttp holds several values, a lookup by name finds the first.
    lowered = {}
    for name, value in headers.items():
        lowered.setdefault(name.lower(), value)
    return lowered


def whole_number(text):
    try:
        return int(text)
    except ValueError:
        return None


def response_shown(response):
    # An error of the AsyncWebClient may hold the response of aiohttp itself,
    # which spells the status its own way and has no data.
    status = getattr(response, "status", None)
    headers = lower_case(getattr(response, "headers", {}))
    body = getattr(response, "data", None)
    return {
        "status": getattr(response, "status_code", status),
        "retry_after": whole_number(headers.get("retry-after", "")),
        "body": body if isinstance(body, (dict, str)) else None,
        "headers": headers or None,
    }


def perform(method, arguments):
    """What the developer who wrote this call would have in hand."""
    try:
        response = method(**arguments)
        if asyncio.iscoroutine(response):
            response = asyncio.run(response)
    except Exception as error:
        return {
            "outcome": "raised",
            "exception": type(error).__name__,
            "code": None,
            "message": str(error),
            **response_shown(getattr(error, "response", None)),
        }
    return {
        "outcome": "returned",
        "exception": None,
        "code": None,
        "message": None,
        **response_shown(response),
    }


def main():
    parser = argparse.ArgumentParser(prog="run")
    parser.add_argument("variant", nargs="?", choices=VARIANTS, default="sync")
    variant = parser.parse_args().variant

    logs = Logs()
    for package in "slack_sdk", "slack_bolt":
        logging.getLogger(package).addHandler(logs)

    for line in sys.stdin.buffer:
        try:
            method, arguments = understand(line, variant)
        except ValueError as error:
            reply = {"failure": str(error)}
        else:
            logs.take()
            reply = perform(method, arguments)
            reply["logs"] = logs.take()
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    main()
