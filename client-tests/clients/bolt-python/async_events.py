"""The app of events.py by Bolt's async half, on aiohttp."""

import asyncio
import socket
import threading

from aiohttp import web
from heard import PATIENCE, Heard
from installations import AsyncDeletions
from installing import async_settings_for
from slack_bolt.async_app import AsyncApp


class AsyncListening(Heard):
    def __init__(self, base_url, client, arguments):
        super().__init__(base_url)
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
        site.middlewares.append(self.noting)
        runner = web.AppRunner(site)
        await runner.setup()
        await web.SockSite(runner, listener).start()

    @property
    def noting(self):
        @web.middleware
        async def note(request, handler):
            response = await handler(request)
            if request.method == "POST":
                self.note_status(response.status)
            return response

        return note
