"""How the cost of a call grows with what the server holds, one thing at a
time."""

import collections
import http.client
import os
import resource
import statistics

import state
from measure import Caller, instructions
from servers import fail
from speed import REFUSED, rules_that_miss

# `points`: counts, each with its cost in `unit`.
Growth = collections.namedtuple("Growth", "title unit points")
INSTRUCTIONS = "instructions a call"
JOURNAL_MOST = 10000


def of_each(title, unit, counts, cost):
    points = []
    for count in counts:
        points.append((count, cost(count)))
        print(f"growth: {title}, {count:,}: {points[-1][1]:,.2f} {unit}",
              flush=True)
    return Growth(title, unit, points)


def powers(first, last):
    """Of ten, from 10^first to 10^last."""
    return [10 ** power for power in range(first, last + 1)]


def with_tokens(build):
    """Refused, since ten tokens cannot be exchanged 3,500 times."""
    def cost(count):
        world = build.world("growth", count, state="exchanged")
        return instructions(
            build, lambda port: build.slackmock_command(port, world),
            expect=REFUSED, last=count)

    return of_each("A refused exchange, by tokens", INSTRUCTIONS,
                   powers(1, 7), cost)


def with_rules(build):
    def cost(count):
        world = build.world("growth", 5000, rules_that_miss(count))
        return instructions(
            build, lambda port: build.slackmock_command(port, world))

    return of_each("An exchange, by rules that do not match", INSTRUCTIONS,
                   powers(0, 4), cost)


def make_sandboxes(count):
    def make(port):
        connection = http.client.HTTPConnection("127.0.0.1", port)
        for number in range(1, count + 1):
            connection.request("PUT", f"/_mock/sandboxes/worker-{number}")
            reply = connection.getresponse()
            reply.read()
            if reply.status != 200:
                fail(f"wanted sandbox {number} of {count}, found status "
                     f"{reply.status}")
        connection.close()
    return make


def with_sandboxes(build):
    world = build.world("growth", 5000)

    def cost(count):
        return instructions(
            build, lambda port: build.slackmock_command(port, world),
            prepare=make_sandboxes(count),
            folder=f"/sandbox/worker-{count}/api")

    return of_each("An exchange in a sandbox, by sandboxes", INSTRUCTIONS,
                   powers(0, 4), cost)


def with_journal(build):
    """Full before the first call that counts."""
    world = build.world("growth", 5000 + JOURNAL_MOST)

    def cost(count):
        return instructions(
            build, lambda port: [*build.slackmock_command(port, world),
                                 "--journal", str(count)],
            before=count)

    return of_each("An exchange, by entries of a full journal", INSTRUCTIONS,
                   powers(0, 4), cost)


def with_connections(build):
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    world = build.world("growth", 10000000)

    def cost(count):
        caller = Caller(build.slackmock(world), count, fresh_tokens=True)
        rounds = [caller.run(2) for _ in range(3)]
        caller.server.stop()
        return statistics.median(
            each["server_seconds"] * 1e6 / each["calls"] for each in rounds)

    return of_each("An exchange, by connections kept alive",
                   "µs of processor time a call", powers(0, 4), cost)


def with_log(build):
    path = build.path("growth.log")

    def cost(count):
        state.write_log(build, path, count)
        return state.seconds_to_start(build, path) * 1e6 / count

    growth = of_each("A start, by calls in the log", "µs a call",
                     powers(4, 7), cost)
    os.remove(path)
    return growth


def measure_growth(build):
    return [with_tokens(build), with_rules(build), with_sandboxes(build),
            with_journal(build), with_connections(build), with_log(build)]
