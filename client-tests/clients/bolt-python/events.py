"""A Bolt app that listens for events, and what reached its listeners."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from outcome import returned
from slack_bolt import App, BoltRequest
from slack_sdk.oauth.installation_store import InstallationStore

PATIENCE = 10  # seconds

apps = {}  # by base_url


class Deletions(InstallationStore):
    """Notes which installations Bolt wants gone."""

    def __init__(self):
        self.deleted = []

    def delete_bot(self, *, enterprise_id, team_id):
        self.deleted.append(f"bot of {team_id}")

    def delete_installation(self, *, enterprise_id, team_id, user_id=None):
        self.deleted.append(f"{user_id} of {team_id}")

    def delete_all(self, *, enterprise_id, team_id):
        self.deleted.append(f"all of {team_id}")


class Listening:
    def __init__(self, client, signing_secret):
        self.store = Deletions()
        self.statuses = []
        self.done = threading.Condition()
        self.app = App(
            client=client,
            signing_secret=signing_secret,
            installation_store=self.store,
            process_before_response=True,
        )
        self.app.enable_token_revocation_listeners()
        self.server = ThreadingHTTPServer(
            ("127.0.0.1", 0), self.make_handler()
        )
        threading.Thread(
            target=self.server.serve_forever, daemon=True
        ).start()

    def make_handler(listening):  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                length = int(self.headers["Content-Length"])
                listening.answer(self, self.rfile.read(length).decode())

            def log_message(self, *_):
                pass

        return Handler

    def answer(self, handler, body):
        headers = {name: [value] for name, value in handler.headers.items()}
        response = self.app.dispatch(BoltRequest(body=body, headers=headers))
        content = response.body.encode()
        handler.send_response(response.status)
        for name, value in response.first_headers().items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)
        with self.done:
            self.statuses.append(response.status)
            self.done.notify_all()

    def await_requests(self, count):
        with self.done:
            self.done.wait_for(lambda: len(self.statuses) >= count, PATIENCE)
            return {
                **returned(None),
                "statuses": self.statuses,
                "deleted": self.store.deleted,
            }


def understand_listen(request, client, is_async):
    if is_async:
        raise ValueError("bolt.listen has no async variant")
    secret = request["arguments"].get("signing_secret")
    if not isinstance(secret, str):
        raise ValueError("signing_secret is missing or no text")
    return listen(request["base_url"], client, secret)


async def listen(base_url, client, secret):
    apps[base_url] = Listening(client, secret)
    return {**returned(None), "port": apps[base_url].server.server_port}


def understand_heard(request, client, is_async):
    listening = apps.get(request["base_url"])
    count = request["arguments"].get("count")
    if not listening or not isinstance(count, int):
        raise ValueError("bolt.heard wants a count, after a bolt.listen")
    return heard(listening, count)


async def heard(listening, count):
    return listening.await_requests(count)
