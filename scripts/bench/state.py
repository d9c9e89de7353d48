"""What --state costs: in a file, on a disk that is waited for, in Redis beside
what Redis itself allows; and how long a start takes that has much to go on
with."""

import json
import os
import shutil
import subprocess
import time

from measure import Caller, first_reply, in_turn
from servers import (APP, LOAD_CORE, SERVER_CORE, Server, fail, free_port,
                     on_cores)
from table import count

TOKENS = 10000000
ENTRIES = 1000000
INSTALLATIONS = 100000
CONNECTIONS = 32
ENTRY = 600


def remove(path):
    if os.path.exists(path):
        os.remove(path)


def stateful(build, world, name, *options):
    """A server that begins anew, and is known by that name."""
    port = free_port()
    return Server(name, [*build.slackmock_command(port, world), *options], port)


def caller(server, connections=CONNECTIONS):
    return Caller(server, connections, fresh_tokens=True)


def batches_a_second(path):
    """As the disk allows them: those of so many calls, each waited for."""
    batch = b"x" * (ENTRY * CONNECTIONS)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    begin = time.perf_counter()
    number = 0
    while time.perf_counter() - begin < 2:
        os.write(descriptor, batch)
        os.fdatasync(descriptor)
        number += 1
    os.close(descriptor)
    os.remove(path)
    return number / 2


def measure_file(build, table, plan):
    world = build.world("state", TOKENS)
    paths = [build.path("state.log"), build.path("state-sync.log")]
    for path in paths:
        remove(path)
    callers = [
        caller(stateful(build, world, "none")),
        caller(stateful(build, world, "file", "--state", paths[0])),
        caller(stateful(build, world, "sync", "--state", paths[1],
                        "--state-sync"))]
    in_turn(callers, plan)
    none, file, sync = callers
    table.add("exchange, no --state",
              {"slackmock": count(none.median("per_second"), "/s")})
    ratio = file.ratio(none, "per_second")
    table.add("exchange, --state FILE",
              {"slackmock": count(file.median("per_second"), "/s")}, ratio,
              "none", "at least 0.80", ratio >= 0.8)
    allowed = CONNECTIONS / (1 / batches_a_second(paths[0]) + CONNECTIONS
                             / file.median("per_second"))
    ratio = sync.median("per_second") / allowed
    table.add("exchange, --state FILE --state-sync",
              {"slackmock": count(sync.median("per_second"), "/s")}, ratio,
              "the disk and the file", "at least 0.50", ratio >= 0.5)
    for path in paths:
        remove(path)


def redis_server(build):
    """On the core of the load: the other one is that of its client."""
    port = free_port()
    folder = build.path("redis")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    with on_cores({LOAD_CORE}):
        process = subprocess.Popen(
            ["redis-server", "--port", str(port), "--bind", "127.0.0.1",
             "--dir", folder, "--save", "", "--appendonly", "yes",
             "--appendfsync", "everysec"], stdout=subprocess.DEVNULL)
    for _ in range(500):
        answer = subprocess.run(["redis-cli", "-p", str(port), "ping"],
                                stdout=subprocess.PIPE,
                                stderr=subprocess.DEVNULL, text=True)
        if "PONG" in answer.stdout:
            return process, port
        time.sleep(0.02)
    process.kill()
    return fail("redis-server took no connection")


def pair(build, port, depth, seconds):
    output = subprocess.run(
        ["taskset", "-c", str(SERVER_CORE), build.path("redis_pair"),
         str(port), str(depth), str(seconds)], stdout=subprocess.PIPE, text=True)
    if output.returncode != 0:
        fail(f"redis_pair exited with {output.returncode}")
    return json.loads(output.stdout)


def median_of(rounds, key):
    return sorted(each[key] for each in rounds)[len(rounds) // 2]


def measure_redis(build, table, plan):
    if (not shutil.which("redis-server")
            or not os.access(build.path("redis_pair"), os.X_OK)):
        table.note("redis-server or hiredis is missing: --state in Redis is "
                   "not measured")
        return
    process, port = redis_server(build)
    try:
        measure_beside_redis(build, table, plan, port)
    finally:
        process.terminate()
        process.wait()


def measure_beside_redis(build, table, plan, port):
    world = build.world("state", TOKENS)
    for depth, key, unit in ((32, "per_second", "/s"), (1, "p50_us", " µs")):
        asked = caller(stateful(
            build, world, "redis", "--state",
            f"redis://127.0.0.1:{port}/0?key=bench{depth}"), depth)
        pairs = []
        for _ in range(plan.rounds):
            asked.rounds.append(asked.run(plan.seconds))
            pairs.append(pair(build, port, depth, plan.seconds))
        asked.server.stop()
        ratio = asked.median(key) / median_of(pairs, key)
        table.add(f"exchange, --state redis, {depth} in flight",
                  {"slackmock": count(asked.median(key), unit),
                   "bare": f"{count(median_of(pairs, key), unit)} XADD, XREAD"},
                  ratio, "bare",
                  "at least 0.50" if depth > 1 else "at most 2.00",
                  ratio >= 0.5 if depth > 1 else ratio <= 2)


def head_of(build, world):
    """The first line of a log that begins with that world."""
    path = build.path("head.log")
    remove(path)
    stateful(build, world, "head", "--state", path).stop()
    with open(path) as log:
        head = log.readline()
    os.remove(path)
    return head


def write_log(build, path, entries):
    """Exchanges, as clients send them."""
    with open(path, "w") as log:
        log.write(head_of(build, build.world("state", TOKENS)))
        for number in range(1, entries + 1):
            body = f"{APP}&token=xoxb-generated-{number}"
            log.write(json.dumps({
                "id": number, "time": "2126-01-01T00:00:00.000Z",
                "kind": "request", "verb": "POST",
                "target": "/api/oauth.v2.exchange",
                "headers": [["Host", "127.0.0.1"], ["Content-Type",
                             "application/x-www-form-urlencoded"],
                            ["Content-Length", str(len(body))]],
                "body": body}, separators=(",", ":")) + "\n")


def seconds_to_start(build, path):
    port = free_port()
    command = [build.program("slackmock"), "--quiet", "--listen",
               f"127.0.0.1:{port}", "--state", path, "--state-limit",
               str(1 << 40)]
    return first_reply(command, port) / 1e3


def cut_short(build, path):
    """A snapshot is taken behind a reply, and before the next one."""
    server = stateful(build, None, "cut", "--state", path, "--state-limit", "1")
    for _ in range(2):
        server.call("POST", "/api/api.test", "error=")
    server.stop()


def measure_state_start(build, table):
    path = build.path("million.log")
    write_log(build, path, ENTRIES)
    seconds = seconds_to_start(build, path)
    table.add(f"start with {count(ENTRIES)} entries in a log",
              {"slackmock": f"{seconds:.1f} s"}, target="under 12 s",
              met=seconds < 12)
    write_log(build, path, INSTALLATIONS)
    cut_short(build, path)
    seconds = seconds_to_start(build, path)
    os.remove(path)
    table.add(f"start with a snapshot of {count(INSTALLATIONS)} installations",
              {"slackmock": f"{seconds:.1f} s"}, target="under 2 s",
              met=seconds < 2)


def measure_state(build, table, plan):
    measure_file(build, table, plan)
    measure_redis(build, table, plan)
    measure_state_start(build, table)
