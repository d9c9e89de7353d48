"""A Bolt app that listens for events, and what reached its listeners.

One that is given a client can be installed too.
"""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from async_events import AsyncListening
from heard import Heard
from installations import installation_shown
from installing import settings_for
from outcome import returned
from slack_bolt import App, BoltRequest

apps = {}  # by base_url


class Listening(Heard):
    def __init__(self, base_url, client, arguments):
        super().__init__(base_url)
        self.server = ThreadingHTTPServer(
            ("127.0.0.1", 0), self.make_handler()
        )
        self.port = self.server.server_port
        settings = None
        if "client_id" in arguments:
            settings = settings_for(
                base_url, arguments, self.port, self.store
            )
        self.app = App(
            client=client,
            signing_secret=arguments["signing_secret"],
            installation_store=self.store,
            oauth_settings=settings,
            process_before_response=True,
        )
        self.app.enable_token_revocation_listeners()
        threading.Thread(
            target=self.server.serve_forever, daemon=True
        ).start()

    def make_handler(listening):  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                listening.respond(self, listening.visit(self))

            def do_POST(self):
                length = int(self.headers["Content-Length"])
                listening.take(self, self.rfile.read(length).decode())

            def log_message(self, *_):
                pass

        return Handler

    def visit(self, handler):
        flow = self.app.oauth_flow
        address = urlsplit(handler.path)
        steps = {
            flow.install_path: flow.handle_installation,
            flow.redirect_uri_path: flow.handle_callback,
        }
        return steps[address.path](
            BoltRequest(
                body="", query=address.query, headers=headers_of(handler)
            )
        )

    def take(self, handler, body):
        response = self.app.dispatch(
            BoltRequest(body=body, headers=headers_of(handler))
        )
        self.respond(handler, response)
        self.note_status(response.status)

    def respond(self, handler, response):
        content = response.body.encode()
        handler.send_response(response.status)
        for name, values in response.headers.items():
            for value in values:
                if name.lower() != "content-length":
                    handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)


def headers_of(handler):
    return {name: [value] for name, value in handler.headers.items()}


def understand_listen(request, client, is_async):
    if not isinstance(request["arguments"].get("signing_secret"), str):
        raise ValueError("signing_secret is missing or no text")
    kind = AsyncListening if is_async else Listening
    return listen(kind, request["base_url"], client, request["arguments"])


async def listen(kind, base_url, client, arguments):
    apps[base_url] = kind(base_url, client, arguments)
    return {**returned(None), "port": apps[base_url].port}


def understand_heard(request, client, is_async):
    listening = apps.get(request["base_url"])
    count = request["arguments"].get("count")
    if not listening or not isinstance(count, int):
        raise ValueError("bolt.heard wants a count, after a bolt.listen")
    return heard(listening, count)


async def heard(listening, count):
    return listening.await_requests(count)


def understand_installed(request, client, is_async):
    if request["base_url"] not in apps:
        raise ValueError("bolt.installed wants a bolt.listen before it")
    return installed(apps[request["base_url"]].store.installation)


async def installed(installation):
    shown = installation_shown(installation) if installation else None
    return {**returned(None), "installation": shown}
