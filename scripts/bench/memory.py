"""What slackmock needs besides speed: instructions a call, the time to its
first reply, memory, and the size of the program."""

import http.client
import os
import resource
import shutil
import socket
import subprocess

from measure import Caller, first_replies, instructions
from servers import APP, FORM, ask, fail
from speed import DATA_CALLS, DATA_SCOPES, REFUSED, rules_that_miss
from table import count, size

MILLION = 1000000
MANY = 10000
EXCHANGED = 200000


def of_each(build, measure, method=None):
    """What is found with each program that knows the method, by its name."""
    return {name: measure(name) for name in build.programs_that_know(method)}


def change(found):
    """What the new program's is of the old one's."""
    before = found.get("before")
    return found["slackmock"] / before if before else None


def texts(found, text):
    return {name: text(value) for name, value in found.items()}


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


def write_million(build):
    """As many tokens, each spelt out."""
    path = build.path("million-tokens.json")
    with open(path, "w") as file:
        file.write('{"description":"A token a line.","extends":"default.json",'
                   '"tokens":[\n')
        for number in range(1, MILLION + 1):
            file.write('{"token":"xoxb-generated-%d","app":"A0APP",'
                       '"team":"T0TEAM","scope":"commands",'
                       '"bot_user":"U0BOT"}%s\n'
                       % (number, "," if number < MILLION else "]}"))
    return path


def slackmock_starts(build, scenario):
    return [lambda port, name=name: build.slackmock_command(
        port, scenario, name) for name in build.programs]


def measure_start(build, table, plan):
    commands = slackmock_starts(build, None)
    commands.append(lambda port: build.bare_command(port, "exchange.reply"))
    if build.nginx:
        commands.append(
            lambda port: build.nginx_command(port, "exchange.reply"))
    found = dict(zip((*build.programs, "bare", "nginx"),
                     first_replies(commands, plan.starts)))
    values = texts(found, "{:.2f} ms".format)
    values.setdefault("nginx", "not installed")
    ratio = found["slackmock"] / found["bare"]
    table.add("start to first reply", values, ratio, target="at most 1.50",
              met=ratio <= 1.5, change=change(found))
    add_loading(build, table, "generate", build.world("million", MILLION), 1)
    add_loading(build, table, "a file", write_million(build))


def add_loading(build, table, source, scenario, limit=None):
    found = dict(zip(build.programs,
                     first_replies(slackmock_starts(build, scenario), 4)))
    table.add(f"start with 1,000,000 tokens from {source}",
              {name: f"{time / 1e3:.3f} s" for name, time in found.items()},
              target=f"under {limit} s" if limit else None,
              met=found["slackmock"] / 1e3 < limit if limit else None,
              change=change(found))


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
               build.path("million-tokens.json"))
    add_exchanged(build, table, idle)
    add_journal(build, table)
    add_sandboxes(build, table)
    add_idle_connections(build, table)
    add_program(build, table)


def add_tokens(build, table, idle, source, scenario, limit=None):
    """Two idle servers differ by more than tokens that take nothing."""
    found = of_each(build, lambda name: max(
        resident_once(build.slackmock(scenario, name)) - idle[name],
        0) / MILLION)
    table.add(f"memory a token, 1,000,000 {source}",
              texts(found, "{:,.0f} B".format),
              target=f"under {limit} B" if limit else None,
              met=found["slackmock"] < limit if limit else None,
              change=None if limit else change(found))


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
    def measure(name):
        server = build.slackmock(None, name)
        each_sandbox(server, "PUT", "/_mock/sandboxes/worker-{}")
        empty = server.resident()
        each_sandbox(server, "POST",
                     "/sandbox/worker-{}/api/oauth.v2.exchange",
                     APP + "&token=xoxb-12345-67890-abcdefg")
        used = server.resident()
        server.stop()
        return empty, used

    both = of_each(build, measure)
    for place, case in enumerate(("", ", an exchange in each")):
        found = {name: pair[place] for name, pair in both.items()}
        table.add(f"memory with 10,000 sandboxes{case}", texts(found, size),
                  target="under 300 MB", met=found["slackmock"] < 300e6,
                  change=change(found))


def each_sandbox(server, verb, path, form=None):
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    for number in range(MANY):
        connection.request(verb, path.format(number), form,
                           FORM if form else {})
        reply = connection.getresponse()
        text = reply.read()
        if reply.status != 200 or b'"ok":true' not in text:
            fail(f"wanted sandbox {number} to take {verb}, found "
                 f"{reply.status} {text}")
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
