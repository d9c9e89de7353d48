"""How the live page bears a load: in the browser of the client tests, where
that is set up."""

import json
import os
import subprocess

from servers import Server, fail, free_port
from table import count

HERE = os.path.dirname(os.path.abspath(__file__))
CLIENT = "client-tests/clients/browser"
RATE, SECONDS = 2000, 5
LONGEST_MS = 100


def packages(build):
    return os.path.join(build.folder, "../clients/browser")


def find_chromium(build):
    """Its path; None: the browser of the client tests is not set up."""
    found = subprocess.run([f"{CLIENT}/find-chromium"], stdout=subprocess.PIPE,
                           text=True)
    ready = os.path.exists(f"{packages(build)}/node_modules")
    return found.stdout.strip() if found.returncode == 0 and ready else None


def look(build, chromium, server):
    command = ["node", f"{HERE}/page.mjs", packages(build),
               chromium, f"http://127.0.0.1:{server.port}", str(RATE),
               str(SECONDS)]
    output = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if output.returncode != 0:
        fail(f"{' '.join(command)}: exited with {output.returncode}")
    return json.loads(output.stdout)


def measure_page(build, table):
    case = f"live page, {count(RATE)} exchanges a second for {SECONDS} s"
    chromium = find_chromium(build)
    if not chromium:
        table.add(case, {"slackmock": "not measured: `make set-up`"})
        return
    calls = RATE * SECONDS
    port = free_port()
    server = Server("slackmock", build.slackmock_command(
        port, build.world("page", calls)), port)
    seen = look(build, chromium, server)
    server.stop()
    table.add(f"{case}: calls seen", {"slackmock": count(seen["seen"])},
              target=f"{count(calls)}", met=seen["seen"] == calls)
    table.add(f"{case}: longest script task",
              {"slackmock": f"{seen['longest_ms']:.0f} ms"},
              target=f"at most {LONGEST_MS} ms",
              met=seen["longest_ms"] <= LONGEST_MS)
