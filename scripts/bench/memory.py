"""What slackmock needs besides speed: instructions a call, memory, and the size
of the program."""

import http.client
import os
import resource
import shutil
import socket
import subprocess

from measure import Caller, instructions
from servers import APP, FORM, ask, fail
from speed import DATA_CALLS, DATA_SCOPES, REFUSED, rules_that_miss
from start import MILLION, SCENARIOS
from table import change, count, size, texts

MANY = 10000
EXCHANGED = 200000


def of_each(build, measure, method=None):
    """What is found with each program that knows the method, by its name."""
    return {name: measure(name) for name in build.programs_that_know(method)}


def instruction_cases(build):
    """Name, scenario, settings of the load, what it is a ratio of, the most."""
    return (("exchange", build.world("instructions", 5000), {}, "bare", 1.15),
            ("exchange, 1,000,000 tokens", build.world("exchange", MILLION),
             {}, "exchange", 1.1),
            ("exchange, 100 rules",
             build.world("rules", 5000, rules_that_miss(100)), {}, "exchange",
             1.1),
            ("refused", build.world("refused", 1000, state="exchanged"),
             {"expect": REFUSED, "last": 1000}, "bare", None),
            *((settings["method"],
               build.world("data", 1, scope=DATA_SCOPES), settings,
               "exchange", 1.1) for settings in DATA_CALLS),
            ("refresh", build.world("refresh", 1000), {"refresh": True},
             "bare", None))


def bare_instructions(build, reply):
    return instructions(build, lambda port: build.bare_command(port, reply))


def measure_instructions(build, table):
    """One connection: what the load does in between bears on no count."""
    cases = instruction_cases(build)
    if not build.valgrind:
        for case, *_ in cases:
            table.add(f"instructions a call, {case}",
                      {"slackmock": "not measured: no valgrind"})
        return
    bare = bare_instructions(build, "exchange.reply")
    whole = bare_instructions(build, "exchange-with-headers.reply")
    table.add("instructions a call, bare server with slackmock's headers",
              {"bare": count(whole)}, whole / bare)
    bases = {"bare": bare}
    for case, world, settings, base, most in cases:
        found = of_each(build, lambda name: instructions(
            build, lambda port: build.slackmock_command(port, world, name),
            **settings), settings.get("method"))
        bases[case] = found["slackmock"]
        ratio = found["slackmock"] / bases[base]
        values = texts(found, count)
        if base == "bare":
            values["bare"] = count(bare)
        table.add(f"instructions a call, {case}", values, ratio, base,
                  f"at most {most:.2f}" if most else None,
                  ratio <= most if most else None, change(found))


def idle_memory(server):
    server.call("POST", "/api/oauth.v2.exchange", "token=xoxb-unknown")
    return server.resident()


def resident_once(server):
    found = idle_memory(server)
    server.stop()
    return found


def measure_memory(build, table):
    idle = of_each(build, lambda name: resident_once(
        build.slackmock(None, name)))
    bare = resident_once(build.bare_server("exchange.reply"))
    ratio = idle["slackmock"] / bare
    values = {**texts(idle, size), "bare": size(bare),
              "nginx": size(resident_once(build.nginx_server("exchange.reply")))
              if build.nginx else "not installed"}
    table.add("memory, idle", values, ratio, target="at most 2.00",
              met=ratio <= 2, change=change(idle))
    add_tokens(build, table, idle, "generated", build.path("million.json"),
               200)
    add_tokens(build, table, idle, "from a file",
               build.path("million-tokens.json"), 400)
    add_exchanged(build, table, idle)
    add_journal(build, table)
    add_sandboxes(build, table)
    add_idle_connections(build, table)
    add_program(build, table)


def add_tokens(build, table, idle, source, scenario, limit):
    """Two idle servers differ by more than tokens that take nothing."""
    found = of_each(build, lambda name: max(
        resident_once(build.slackmock(scenario, name)) - idle[name],
        0) / MILLION)
    table.add(f"memory a token, 1,000,000 {source}",
              texts(found, "{:,.0f} B".format),
              target=f"under {limit} B", met=found["slackmock"] < limit,
              change=change(found) if source == "from a file" else None)


def fill_with_calls(server):
    Caller(server, expect='"error":"invalid_token"').run(1)


def fill_with_large_calls(server):
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    for _ in range(1200):
        connection.request("POST", "/api/oauth.v2.exchange",
                           "token=xoxb-" + "x" * 60000, FORM)
        connection.getresponse().read()
    connection.close()


def add_exchanged(build, table, idle):
    """A generated token may take its memory only when it is first used. Those
    that are exchanged already are refused, which takes none."""
    def measure(name):
        server = build.slackmock(build.path("million.json"), name)
        load = Caller(server, 32, fresh_tokens=True, last=EXCHANGED, expect="")
        calls = 0
        while calls < EXCHANGED + 32:
            calls += load.run(1)["calls"]
        found = (server.resident() - idle[name]) / EXCHANGED
        server.stop()
        return found

    found = of_each(build, measure)
    table.add(f"memory a token, {EXCHANGED:,} generated and exchanged",
              texts(found, "{:,.0f} B".format), change=change(found))


def add_journal(build, table):
    for case, fill in (("calls of the load", fill_with_calls),
                       ("calls of 60 kB", fill_with_large_calls)):
        def measure(name):
            server = build.slackmock(None, name)
            before = idle_memory(server)
            fill(server)
            used = server.resident() - before
            server.stop()
            return used

        found = of_each(build, measure)
        table.add(f"memory of a full journal, {case}", texts(found, size),
                  target="under 16 MB", met=found["slackmock"] < 16e6,
                  change=change(found))


def add_sandboxes(build, table):
    with open(os.path.join(SCENARIOS, "default.json")) as file:
        shipped = file.read()

    def measure(name):
        server = build.slackmock(None, name)
        before = server.processor_seconds()
        put_sandboxes(server, shipped)
        spent = server.processor_seconds() - before
        empty = server.resident()
        exchange_in_each(server, APP + "&token=xoxb-12345-67890-abcdefg")
        used = server.resident()
        server.stop()
        return spent / MANY * 1e6, empty, used

    found = of_each(build, measure)
    times, empty, used = ({name: each[place] for name, each in found.items()}
                          for place in range(3))
    table.add("a sandbox from a shipped scenario, processor time of it",
              texts(times, "{:.1f} µs".format), target="under 50 µs",
              met=times["slackmock"] < 50, change=change(times))
    for case, sizes, most in (("", empty, 20), (", an exchange in each", used,
                                                40)):
        table.add(f"memory with 10,000 sandboxes{case}", texts(sizes, size),
                  target=f"under {most} MB",
                  met=sizes["slackmock"] < most * 1e6, change=change(sizes))


def put_sandboxes(server, scenario):
    """Ten at once: to be woken for one takes longer than to make it."""
    connection = socket.create_connection(("127.0.0.1", server.port))
    for first in range(0, MANY, 10):
        connection.sendall("".join(
            f"PUT /_mock/sandboxes/worker-{number} HTTP/1.1\r\n"
            f"Host: 127.0.0.1\r\nContent-Length: {len(scenario)}\r\n\r\n"
            f"{scenario}" for number in range(first, first + 10)).encode())
        replies = b""
        while replies.count(b'"ok":true') < 10:
            more = connection.recv(65536)
            if not more or b'"ok":false' in more:
                fail(f"wanted sandboxes from {first} on, found {replies + more}")
            replies += more
    connection.close()


def exchange_in_each(server, form):
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    for number in range(MANY):
        connection.request(
            "POST", f"/sandbox/worker-{number}/api/oauth.v2.exchange", form,
            FORM)
        reply = connection.getresponse()
        text = reply.read()
        if reply.status != 200 or b'"ok":true' not in text:
            fail(f"wanted sandbox {number} to exchange, found {reply.status} "
                 f"{text}")
    connection.close()


def add_idle_connections(build, table):
    case = "memory with 10,000 idle connections"
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if most != resource.RLIM_INFINITY and most < MANY + 100:
        table.add(case, {"slackmock": f"not measured: ulimit -Hn is {most}"})
        return
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    found = of_each(build, lambda name: idle_connections(
        build.slackmock(None, name)))
    bare = idle_connections(build.bare_server("exchange.reply"))
    table.add(case, {**texts(found, size), "bare": size(bare)},
              found["slackmock"] / bare, change=change(found))


def idle_connections(server):
    """Each connection has made one call, so that it is known to be kept."""
    kept = []
    for number in range(MANY):
        connection = socket.create_connection(("127.0.0.1", server.port))
        if not ask(connection):
            fail(f"idle connection {number} got no reply")
        kept.append(connection)
    used = server.resident()
    for connection in kept:
        connection.close()
    server.stop()
    return used


def stripped_size(build, name, program):
    path = build.path(name + ".stripped")
    subprocess.run(["strip", "-o", path, program], check=True)
    return os.path.getsize(path)


def add_program(build, table):
    if not shutil.which("strip"):
        table.add("program, stripped", {"slackmock": "not measured: no strip"})
        return
    found = of_each(build, lambda name: stripped_size(
        build, name, build.programs[name]))
    bare = stripped_size(build, "bare", build.bare)
    table.add("program, stripped", {**texts(found, size), "bare": size(bare)},
              found["slackmock"] / bare, change=change(found))
