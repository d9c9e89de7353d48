"""What a listening app, sync or async, has answered and deleted."""

import threading

from installations import Deletions, stores
from outcome import returned

PATIENCE = 10  # seconds


class Heard:
    def __init__(self, base_url):
        self.statuses = []
        self.done = threading.Condition()
        self.store = Deletions()
        stores[base_url] = self.store

    def note_status(self, status):
        with self.done:
            self.statuses.append(status)
            self.done.notify_all()

    def await_requests(self, count):
        with self.done:
            self.done.wait_for(lambda: len(self.statuses) >= count, PATIENCE)
            return {
                **returned(None),
                "statuses": self.statuses,
                "deleted": self.store.deleted,
            }
