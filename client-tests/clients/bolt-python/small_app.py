"""A small Bolt app: a command, a message, a modal and a home tab."""

import time

from outcome import raised, returned
from slack_bolt import App, BoltRequest
from slack_sdk.signature import SignatureVerifier

SIGNING_SECRET = "secret"

apps = {}  # by base_url


def plain(text):
    return {"type": "plain_text", "text": text}


MODAL = {
    "type": "modal",
    "callback_id": "task",
    "title": plain("New task"),
    "submit": plain("Add"),
    "blocks": [
        {
            "type": "input",
            "block_id": "title",
            "label": plain("Title"),
            "element": {"type": "plain_text_input", "action_id": "text"},
        }
    ],
}


def home_of(user):
    text = {"type": "mrkdwn", "text": f"Tasks of <@{user}>"}
    return {"type": "home", "blocks": [{"type": "section", "text": text}]}


def make_app(client, token):
    app = App(
        client=client,
        token=token,
        signing_secret=SIGNING_SECRET,
        # The listeners are done when the dispatch returns.
        process_before_response=True,
    )

    @app.command("/task")
    def open_modal(ack, body, client):
        ack("Opening")
        client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    @app.message("hello")
    def greet(message, say):
        say(f"Hello <@{message['user']}>")

    @app.view("task")
    def add_task(ack, body, view, client):
        title = view["state"]["values"]["title"]["text"]["value"]
        if len(title) < 3:
            ack(response_action="errors", errors={"title": "Too short"})
            return
        ack()
        client.chat_postMessage(channel=body["user"]["id"], text=title)

    @app.event("app_home_opened")
    def publish_home(event, client):
        client.views_publish(
            user_id=event["user"], view=home_of(event["user"])
        )

    return app


def understand_post(request, client, is_async):
    if is_async:
        raise ValueError("bolt.post has no async variant")
    for key in "token", "type", "body":
        if not isinstance(request["arguments"].get(key), str):
            raise ValueError(f"{key} is missing or no text")
    return post(request["base_url"], client, **request["arguments"])


async def post(base_url, client, token, type, body):
    try:
        if base_url not in apps:
            client.token = token
            apps[base_url] = make_app(client, token)
        response = apps[base_url].dispatch(signed(type, body))
    except Exception as error:
        return raised(error)
    return {
        **returned(None),
        "status": response.status,
        "body": response.body,
    }


def signed(content_type, body):
    """Returns the request as Slack sends it."""
    timestamp = str(int(time.time()))
    signature = SignatureVerifier(SIGNING_SECRET).generate_signature(
        timestamp=timestamp, body=body
    )
    headers = {
        "content-type": content_type,
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": signature,
    }
    return BoltRequest(body=body, headers=headers)
