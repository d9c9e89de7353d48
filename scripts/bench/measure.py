"""One measure each: a load, a round of loads in turn, a start, a count of
instructions."""

import json
import re
import statistics
import subprocess

from servers import (LOAD_CORE, SERVER_CORE, Server, fail, free_port, on_core)

BUSY = 0.9


def output_of(command, core=LOAD_CORE, **settings):
    with on_core(core):
        result = subprocess.run(command, stdout=subprocess.PIPE, text=True,
                                **settings)
    if result.returncode != 0:
        fail(f"{' '.join(command)}: exited with {result.returncode}")
    return result.stdout


class Caller:
    """A server with the load that it gets, and what came of each round."""

    def __init__(self, build, server, options, fresh_tokens=False, reset=False):
        self.build = build
        self.server = server
        self.options = options
        self.fresh_tokens = fresh_tokens
        self.reset = reset and server.name == "slackmock"
        self.next_token = 1
        self.rounds = []

    def run(self, milliseconds, calls=2000000):
        if self.reset:
            self.server.call("POST", "/_mock/reset")
        command = [self.build.load, "--port", str(self.server.port),
                   "--milliseconds", str(milliseconds), "--calls", str(calls),
                   *self.options]
        if self.fresh_tokens:
            command += ["--first", str(self.next_token)]
        before = self.server.processor_seconds()
        result = json.loads(output_of(command))
        result["server_busy"] = round(
            (self.server.processor_seconds() - before) / result["seconds"], 2)
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


def in_turn(callers, rounds, milliseconds):
    """Loads each server in every round, the last first in every other one."""
    for number in range(rounds):
        order = callers if number % 2 == 0 else callers[::-1]
        for caller in order:
            caller.rounds.append(caller.run(milliseconds))
    for caller in callers:
        caller.server.stop()


def first_replies(build, commands, rounds):
    """The medians of the milliseconds from start to first reply."""
    times = [[] for _ in commands]
    for _ in range(rounds):
        for place, command_for in enumerate(commands):
            port = free_port()
            times[place].append(float(output_of(
                [build.first_reply, str(port), *command_for(port)],
                SERVER_CORE)))
    return times


def instructions(build, command_for, options):
    """User-space instructions a call: two loads that differ by so many calls,
    so that the start counts in neither."""
    counts = []
    for calls in (1500, 3500):
        port = free_port()
        log = build.path("callgrind.log")
        server = Server("callgrind", [
            build.valgrind, "--tool=callgrind", f"--log-file={log}",
            f"--callgrind-out-file={build.path('callgrind.out')}",
            *command_for(port)], port)
        output_of([build.load, "--port", str(port), "--calls", str(calls),
                   *options])
        server.stop()
        with open(log) as file:
            found = re.search(r"Collected : (\d+)", file.read())
        if not found:
            fail(f"{log} does not say how many instructions were collected")
        counts.append(int(found[1]))
    return (counts[1] - counts[0]) / 2000
