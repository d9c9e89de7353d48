"""How the live page bears a load: in the browser of the client tests, where
that is set up."""

import json
import os
import socket
import subprocess
import time

from servers import (APP, CORES, PATIENCE_SECONDS, Server, fail, free_port,
                     on_cores)
from table import count

HERE = os.path.dirname(os.path.abspath(__file__))
CLIENT = "client-tests/clients/browser"
RATE, SECONDS = 2000, 5
TURN_SECONDS = 0.005
AT_ONCE_MOST = 100
LONGEST_MS = 100


def packages(build):
    return os.path.join(build.folder, "../clients/browser")


def find_chromium(build):
    """Its path; None: the browser of the client tests is not set up."""
    found = subprocess.run([f"{CLIENT}/find-chromium"], stdout=subprocess.PIPE,
                           text=True)
    ready = os.path.exists(f"{packages(build)}/node_modules")
    return found.stdout.strip() if found.returncode == 0 and ready else None


def exchange(number):
    form = f"{APP}&token=xoxb-generated-{number}"
    return ("POST /api/oauth.v2.exchange HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(form)}\r\n\r\n{form}").encode()


def send(connection, numbers):
    """Makes these calls at once, and reads the replies."""
    connection.sendall(b"".join(map(exchange, numbers)))
    replies = b""
    while replies.count(b'"ok":true') < len(numbers):
        more = connection.recv(1 << 20)
        if not more:
            fail("the server closed the load's connection")
        replies += more


def load(port):
    """As many calls as are due by now, whatever the machine does meanwhile:
    that costs less of the processor than the page. Returns how many a second
    they were."""
    begin = time.monotonic()
    made = 0
    with socket.create_connection(("127.0.0.1", port),
                                  PATIENCE_SECONDS) as connection:
        while made < RATE * SECONDS:
            due = int((time.monotonic() - begin) * RATE)
            last = min(due, made + AT_ONCE_MOST, RATE * SECONDS)
            send(connection, range(made + 1, last + 1))
            made = last
            if made == due:
                time.sleep(TURN_SECONDS)
    return made / (time.monotonic() - begin)


def look(build, chromium, port):
    """What a page saw of the load, and the load's rate."""
    command = ["node", f"{HERE}/page.mjs", packages(build), chromium,
               f"http://127.0.0.1:{port}", str(RATE * SECONDS)]
    # A browser is several processes: those of a person have all cores.
    with on_cores(CORES):
        browser = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    seen = {}
    if browser.stdout.readline():
        seen["rate"] = load(port)
        seen |= json.loads(browser.stdout.readline() or "{}")
    if browser.wait() != 0:
        fail(f"{' '.join(command)}: exited with {browser.returncode}")
    return seen


def measure_page(build, table):
    case = f"live page, {count(RATE)} exchanges a second for {SECONDS} s"
    chromium = find_chromium(build)
    if not chromium:
        table.add(case, {"slackmock": "not measured: `make set-up`"})
        return
    calls = RATE * SECONDS
    port = free_port()
    # With one that holds a thousand, as unless told otherwise, a page that is
    # half a second behind has lost calls: it says so, and it is not what is
    # measured here.
    server = Server("slackmock", [
        *build.slackmock_command(port, build.world("page", calls)),
        "--journal", str(calls)], port)
    seen = look(build, chromium, port)
    server.stop()
    table.add(f"{case}: load", {"slackmock": f"{count(round(seen['rate']))}/s"})
    table.add(f"{case}: calls seen", {"slackmock": count(seen["seen"])},
              target=f"{count(calls)}", met=seen["seen"] == calls)
    table.add(f"{case}: longest script task",
              {"slackmock": f"{seen['longest_ms']:.0f} ms"},
              target=f"at most {LONGEST_MS} ms",
              met=seen["longest_ms"] <= LONGEST_MS)
    table.add(f"{case}: costliest script task, processor time",
              {"slackmock": f"{seen['ran_ms']:.0f} ms"},
              target=f"at most {LONGEST_MS} ms",
              met=seen["ran_ms"] <= LONGEST_MS)
