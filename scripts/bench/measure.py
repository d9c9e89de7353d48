"""One measure each: a load, a round of loads in turn, a start, a count of
instructions."""

import json
import os
import re
import resource
import selectors
import signal
import socket
import statistics
import subprocess
import threading
import time

from servers import (APP, PATIENCE_SECONDS, SERVER_CORE, Server, ask, fail,
                     free_port, on_cores, post)

BUSY = 0.9
SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "load.lua")


def load_seconds():
    """Of the processor, in what ran and ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Caller:
    """A server with the load that it gets, and what came of each round.

    `settings` are arguments of load.lua:
      close    1: a new connection for each call
      expect   what each reply must hold, `"ok":true` unless said
      method   calls of another method, each with the first token and `form`
      last     after xoxb-generated-LAST begin again
      every    each EVERY-th request is `between`: VERB PATH
      depth    so many requests are sent at once, on one connection
    """

    def __init__(self, server, connections=1, fresh_tokens=False,
                 refresh=False, scheme="http", **settings):
        self.server = server
        self.scheme = scheme
        self.connections = connections
        self.fresh_tokens = fresh_tokens
        self.refresh = refresh
        self.settings = settings
        self.next_token = 1
        self.rounds = []

    def refresh_tokens(self):
        """One for each connection, and one since wrk tries the script once."""
        self.server.call("POST", "/_mock/reset")
        tokens = []
        for number in range(1, self.connections + 2):
            _, reply = self.server.call(
                "POST", "/api/oauth.v2.exchange",
                f"{APP}&token=xoxb-generated-{number}")
            tokens.append(json.loads(reply)["refresh_token"])
        return ",".join(tokens)

    def arguments(self):
        if "between" in self.settings:
            self.server.call(*self.settings["between"].split())
        first = self.next_token if self.fresh_tokens else 1
        settings = {"first": first, "last": 50000000, **self.settings}
        if self.refresh:
            settings["refresh"] = self.refresh_tokens()
        return [f"{name}={value}" for name, value in settings.items()]

    def run(self, seconds):
        command = ["wrk", "--threads", "1", "--connections",
                   str(self.connections), "--duration", f"{seconds}s",
                   "--timeout", "30s", "--script", SCRIPT,
                   f"{self.scheme}://127.0.0.1:{self.server.port}", "--",
                   *self.arguments()]
        load, server = load_seconds(), self.server.processor_seconds()
        output = subprocess.run(command, stdout=subprocess.PIPE, text=True)
        if output.returncode != 0:
            fail(f"{' '.join(command)}: exited with {output.returncode}")
        result = json.loads(output.stdout.splitlines()[-1])
        if result["wrong"] or result["errors"] or not result["calls"]:
            fail(f"{self.server.name}: not every call got the reply that was "
                 f"wanted: {result}")
        result["busy"] = (load_seconds() - load) / result["seconds"]
        result["server_seconds"] = self.server.processor_seconds() - server
        self.next_token = result["next_token"]
        return result

    def median(self, key):
        return statistics.median(result[key] for result in self.rounds)

    def ratio(self, other, key):
        """The median of the rounds' ratios: what the machine does meanwhile
        bears on both sides of a round alike."""
        return statistics.median(
            mine[key] / theirs[key]
            for mine, theirs in zip(self.rounds, other.rounds))

    def processor_us(self):
        """What a call takes of the server's processor, the kernel's part
        included."""
        return (sum(result["server_seconds"] for result in self.rounds) * 1e6
                / sum(result["calls"] for result in self.rounds))


def read_events(server, count):
    """Has so many readers of GET /_mock/events, until the server ends."""
    connections = selectors.DefaultSelector()

    def read():
        while connections.get_map():
            for key, _ in connections.select():
                if not key.fileobj.recv(65536):
                    connections.unregister(key.fileobj)
                    key.fileobj.close()

    for _ in range(count):
        connection = socket.create_connection(("127.0.0.1", server.port))
        connection.sendall(b"GET /_mock/events HTTP/1.1\r\n"
                           b"Host: localhost\r\n\r\n")
        connections.register(connection, selectors.EVENT_READ)
    threading.Thread(target=read, daemon=True).start()


def in_turn(callers, plan):
    """Loads each server in every round, the last first in every other one."""
    for number in range(plan.rounds):
        order = callers if number % 2 == 0 else callers[::-1]
        for caller in order:
            caller.rounds.append(caller.run(plan.seconds))
    for caller in callers:
        caller.server.stop()


def replies(port):
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0 and ask(caller)


def first_reply(command, port):
    """Milliseconds from a server's start to its first reply. hyperfine times
    what ends by itself: with curl around a server, curl takes 8 ms of 11."""
    with on_cores({SERVER_CORE}):
        start = time.perf_counter()
        silence = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)
        server = os.posix_spawnp(command[0], command, os.environ,
                                 file_actions=[silence])
        try:
            while not replies(port):
                passed = time.perf_counter() - start
                if passed > PATIENCE_SECONDS:
                    fail(f"{command[0]}: no reply for {PATIENCE_SECONDS} s")
                # Whoever asks shares the server's core.
                time.sleep(max(50e-6, passed / 500))
            return (time.perf_counter() - start) * 1e3
        finally:
            os.kill(server, signal.SIGTERM)
            os.waitpid(server, 0)


def first_replies(commands, rounds):
    """The medians of so many starts of each, in turn, the last first in every
    other round: what ran before bears on a start."""
    times = [[] for _ in commands]
    places = list(range(len(commands)))
    for _ in range(rounds):
        for place in places:
            port = free_port()
            times[place].append(first_reply(commands[place](port), port))
        places.reverse()
    return [statistics.median(each) for each in times]


def forms(count, last, form):
    """Those of so many calls, but for refreshes."""
    for number in range(count):
        token = 1 if form else number % last + 1
        yield f"{form or APP}&token=xoxb-generated-{token}"


def make_calls(port, count, refresh=False, last=50000000,
               expect='"ok":true', method="oauth.v2.exchange", form=None,
               folder="/api"):
    """So many calls on one connection, exactly; as Caller's settings say, in
    the folder of a world."""
    token = None
    with socket.create_connection(("127.0.0.1", port)) as connection:
        for first in forms(count, last, form):
            if token:
                reply = post(
                    connection, f"{folder}/oauth.v2.access",
                    f"{APP}&grant_type=refresh_token&refresh_token={token}")
            else:
                reply = post(connection, f"{folder}/{method}", first)
            if expect not in reply:
                fail(f"wanted {expect} in each reply, found {reply}")
            if refresh:
                token = json.loads(reply)["refresh_token"]


def instructions(build, command_for, prepare=None, before=0, **settings):
    """User-space instructions a call: two loads that differ by so many calls,
    so that the start counts in neither, and both fill the journal. Ahead of
    each, `prepare` is given the port, and `before` more calls are made."""
    counts = []
    for calls in (1500, 3500):
        port = free_port()
        log = build.path("callgrind.log")
        server = Server("callgrind", [
            build.valgrind, "--tool=callgrind", f"--log-file={log}",
            f"--callgrind-out-file={build.path('callgrind.out')}",
            *command_for(port)], port)
        if prepare:
            prepare(port)
        make_calls(port, before + calls, **settings)
        server.stop()
        with open(log) as file:
            found = re.search(r"Collected : (\d+)", file.read())
        if not found:
            fail(f"{log} does not say how many instructions were collected")
        counts.append(int(found[1]))
    return (counts[1] - counts[0]) / 2000
