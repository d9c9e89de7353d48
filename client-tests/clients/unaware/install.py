"""Installs an app of a client that knows only slack.com, as a person would.

Usage: install.py CALL COMMAND [ARG ...]. COMMAND reads and writes what ../README.md says; CALL makes it
listen. Prints `installed`, the app's bot and its scopes, or what the app's page says instead.
"""

import json
import re
import subprocess
import sys
from html import unescape

import requests

PATIENCE = 10  # seconds
APP = {
    "client_id": "4123121235.9872358710",
    "client_secret": "e1b9e11dfcd19c1982d5de12921e17e8c",
    "signing_secret": "unused",
    "scopes": "commands",
    "user_scopes": "",
}


class Client:
    def __init__(self, command):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, call):
        request = {
            "call": call,
            "base_url": "https://slack.com/api/",
            "arguments": APP,
        }
        print(json.dumps(request), file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())

    def end(self):
        self.process.stdin.close()
        return self.process.wait(PATIENCE)


def visit(url, **options):
    return requests.get(
        url, allow_redirects=False, timeout=PATIENCE, **options
    )


def install(port):
    """Returns the page that the app shows in the end."""
    start = visit(f"http://127.0.0.1:{port}/slack/install")
    cookie = start.headers["Set-Cookie"].split(";")[0]
    link = unescape(re.search('href="(https://slack.com/[^"]*)"', start.text)[1])
    way_back = visit(link).headers["Location"]
    return visit(way_back, headers={"Cookie": cookie}).text


def main():
    call, *command = sys.argv[1:]
    client = Client(command)
    page = install(client.ask(call)["port"])
    installation = client.ask("bolt.installed")["installation"]
    if installation:
        print("installed", installation["bot_user_id"], installation["bot_scopes"])
    else:
        print(page)
    sys.exit(client.end())


if __name__ == "__main__":
    main()
