"""What slackmock needs besides speed: instructions a call, the time to its
first reply, memory, and the size of the program."""

import http.client
import os
import resource
import shutil
import socket
import statistics
import subprocess

from measure import Caller, first_replies, instructions, output_of
from servers import APP, FORM, fail
from speed import REFUSED, rules_that_miss
from table import count, size

MILLION = 1000000
MANY = 10000
EXCHANGED = 200000


def instruction_cases(build):
    """Name, scenario, options of the load, what it is a ratio of, the most."""
    return (("exchange", build.world("instructions", 5000), (), "bare", 1.35),
            ("exchange, 1,000,000 tokens", build.world("exchange", MILLION),
             (), "exchange", 1.1),
            ("exchange, 100 rules",
             build.world("rules", 5000, rules_that_miss(100)), (), "exchange",
             1.1),
            ("refused", build.world("refused", 1000, state="exchanged"),
             ("--expect", REFUSED, "--last", "1000"), "bare", None),
            ("refresh", build.world("refresh", 1000), ("--refresh",), "bare",
             None))


def bare_instructions(build, reply):
    return instructions(build, lambda port: build.bare_command(port, reply),
                        [])


def measure_instructions(build, table):
    """One connection: what the load does in between bears on no count."""
    found = {}
    if build.valgrind:
        found["bare"] = bare_instructions(build, "exchange.reply")
        whole = bare_instructions(build, "exchange-with-headers.reply")
        table.add("instructions a call, bare server with slackmock's headers",
                  {"bare": count(whole)}, whole / found["bare"])
    for case, world, options, base, most in instruction_cases(build):
        name = f"instructions a call, {case}"
        target = f"at most {most:.2f}" if most else None
        if not build.valgrind:
            table.add(name, {"slackmock": "not measured: no valgrind"},
                      target=target)
            continue
        found[case] = instructions(
            build, lambda port: build.slackmock_command(port, world), options)
        values = {"slackmock": count(found[case])}
        if base == "bare":
            values["bare"] = count(found["bare"])
        ratio = found[case] / found[base]
        table.add(name, values, ratio, base, target,
                  ratio <= most if most else None)


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


def measure_start(build, table, plan):
    commands = [lambda port: build.slackmock_command(port, None),
                lambda port: build.bare_command(port, "exchange.reply")]
    if build.nginx:
        commands.append(
            lambda port: build.nginx_command(port, "exchange.reply"))
    medians = [statistics.median(times) for times
               in first_replies(build, commands, plan.starts)]
    values = dict(zip(("slackmock", "bare", "nginx"),
                      (f"{time:.2f} ms" for time in medians)))
    values.setdefault("nginx", "not installed")
    ratio = medians[0] / medians[1]
    table.add("start to first reply", values, ratio, target="at most 1.50",
              met=ratio <= 1.5)
    add_loading(build, table, "generate", build.world("million", MILLION), 1)
    add_loading(build, table, "a file", write_million(build))


def add_loading(build, table, source, scenario, limit=None):
    times = first_replies(
        build, [lambda port: build.slackmock_command(port, scenario)], 3)[0]
    seconds = statistics.median(times) / 1000
    table.add(f"start with 1,000,000 tokens from {source}",
              {"slackmock": f"{seconds:.3f} s"},
              target=f"under {limit} s" if limit else None,
              met=seconds < limit if limit else None)


def idle_memory(server):
    server.call("POST", "/api/oauth.v2.exchange", "token=xoxb-unknown")
    return server.resident()


def resident_once(server):
    found = idle_memory(server)
    server.stop()
    return found


def measure_memory(build, table):
    idle = resident_once(build.slackmock())
    bare = resident_once(build.bare_server("exchange.reply"))
    values = {"slackmock": size(idle), "bare": size(bare),
              "nginx": size(resident_once(build.nginx_server("exchange.reply")))
              if build.nginx else "not installed"}
    table.add("memory, idle", values, idle / bare, target="at most 2.00",
              met=idle / bare <= 2)
    for source, path in (("generated", build.path("million.json")),
                         ("from a file", build.path("million-tokens.json"))):
        # Two idle servers differ by more than tokens that take nothing.
        more = max(resident_once(build.slackmock(path)) - idle, 0)
        used = more / MILLION
        limited = source == "generated"
        table.add(f"memory a token, 1,000,000 {source}",
                  {"slackmock": f"{used:,.0f} B"},
                  target="under 200 B" if limited else None,
                  met=used < 200 if limited else None)
    add_exchanged(build, table, idle)
    add_journal(build, table)
    add_sandboxes(build, table)
    add_idle_connections(build, table)
    add_program(build, table)


def fill_with_calls(build, server):
    load = Caller(build, server, ["--expect", '"error":"invalid_token"'])
    load.run(60000, calls=2000)


def fill_with_large_calls(_, server):
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    for _ in range(1200):
        connection.request("POST", "/api/oauth.v2.exchange",
                           "token=xoxb-" + "x" * 60000, FORM)
        connection.getresponse().read()
    connection.close()


def add_exchanged(build, table, idle):
    """A generated token may take its memory only when it is first used."""
    server = build.slackmock(build.path("million.json"))
    load = Caller(build, server, ["--connections", "32"])
    used = load.run(60000, calls=EXCHANGED)["calls"]
    found = (server.resident() - idle) / used
    server.stop()
    table.add(f"memory a token, {used:,} generated and exchanged",
              {"slackmock": f"{found:,.0f} B"})


def add_journal(build, table):
    for case, fill in (("calls of the load", fill_with_calls),
                       ("calls of 60 kB", fill_with_large_calls)):
        server = build.slackmock()
        before = idle_memory(server)
        fill(build, server)
        used = server.resident() - before
        server.stop()
        table.add(f"memory of a full journal, {case}",
                  {"slackmock": size(used)}, target="under 16 MB",
                  met=used < 16e6)


def add_sandboxes(build, table):
    server = build.slackmock()
    each_sandbox(server, "PUT", "/_mock/sandboxes/worker-{}")
    used = server.resident()
    table.add("memory with 10,000 sandboxes", {"slackmock": size(used)},
              target="under 300 MB", met=used < 300e6)
    each_sandbox(server, "POST", "/sandbox/worker-{}/api/oauth.v2.exchange",
                 APP + "&token=xoxb-12345-67890-abcdefg")
    used = server.resident()
    server.stop()
    table.add("memory with 10,000 sandboxes, an exchange in each",
              {"slackmock": size(used)}, target="under 300 MB",
              met=used < 300e6)


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
    own = idle_connections(build.slackmock())
    bare = idle_connections(build.bare_server("exchange.reply"))
    table.add(case, {"slackmock": size(own), "bare": size(bare)}, own / bare)


def idle_connections(server):
    """Each connection has made one call, so that it is known to be kept."""
    kept = []
    body = b"token=xoxb-unknown"
    request = (b"POST /api/oauth.v2.exchange HTTP/1.1\r\nHost: 127.0.0.1\r\n"
               b"Content-Type: application/x-www-form-urlencoded\r\n"
               b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    for number in range(MANY):
        connection = socket.create_connection(("127.0.0.1", server.port))
        connection.sendall(request)
        if not connection.recv(4096).startswith(b"HTTP/1.1 200"):
            fail(f"idle connection {number} got no reply")
        kept.append(connection)
    used = server.resident()
    for connection in kept:
        connection.close()
    server.stop()
    return used


def add_program(build, table):
    if not shutil.which("strip"):
        table.add("program, stripped", {"slackmock": "not measured: no strip"})
        return
    sizes = []
    for program in (build.program, build.bare):
        stripped = build.path(os.path.basename(program) + ".stripped")
        subprocess.run(["strip", "-o", stripped, program], check=True)
        sizes.append(os.path.getsize(stripped))
    table.add("program, stripped",
              {"slackmock": size(sizes[0]), "bare": size(sizes[1])},
              sizes[0] / sizes[1])
