"""The app of events.py by Bolt's async half, on aiohttp."""

import asyncio
import socket
import threading

from aiohttp import web
from installations import AsyncDeletions, Deletions, stores
from installing import async_settings_for
from outcome import returned
from slack_bolt.async_app import AsyncApp

PATIENCE = 10  # seconds


class AsyncListening:
    def __init__(self, base_url, client, arguments):
        self.statuses = []
        self.done = threading.Condition()
        self.store = Deletions()
        stores[base_url] = self.store
        listener = socket.create_server(("127.0.0.1", 0))
        self.port = listener.getsockname()[1]
        loop = asyncio.new_event_loop()
        threading.Thread(target=loop.run_forever, daemon=True).start()
        asyncio.run_coroutine_threadsafe(
            self.serve(listener, base_url, client, arguments), loop
        ).result(PATIENCE)

    async def serve(self, listener, base_url, client, arguments):
        store = AsyncDeletions(self.store)
        settings = None
        if "client_id" in arguments:
            settings = async_settings_for(
                base_url, arguments, self.port, store
            )
        app = AsyncApp(
            client=client,
            signing_secret=arguments["signing_secret"],
            installation_store=store,
            oauth_settings=settings,
            process_before_response=True,
        )
        app.enable_token_revocation_listeners()
        site = app.web_app(path="/slack/events")
        site.middlewares.append(self.note_status)
        runner = web.AppRunner(site)
        await runner.setup()
        await web.SockSite(runner, listener).start()

    @property
    def note_status(self):
        @web.middleware
        async def note(request, handler):
            response = await handler(request)
            if request.method == "POST":
                with self.done:
                    self.statuses.append(response.status)
                    self.done.notify_all()
            return response

        return note

    def await_requests(self, count):
        with self.done:
            self.done.wait_for(lambda: len(self.statuses) >= count, PATIENCE)
            return {
                **returned(None),
                "statuses": self.statuses,
                "deleted": self.store.deleted,
            }
