"""How long a call takes while many others hold connections and say nothing on
them, or begin TLS and leave it at that."""

import resource
import socket

from measure import Caller, in_turn
from servers import Server, free_port
from speed import world_for
from table import count

MANY = 10000
SPARE = 0.1  # of the descriptors: with fewer the server closes silent ones
MOST_US = 5000
HALF_A_HELLO = b"\x16\x03\x01\x02"
# What is said, and the descriptors it takes: TLS is ended before the plain
# server.
KINDS = (("connections are silent", b"", 1),
         ("TLS hellos are begun and left", HALF_A_HELLO, 3))


def measure_silence(build, table, plan):
    for kind, said, descriptors in KINDS:
        if said and not build.has_tls:
            continue
        many = min(MANY, int(most_descriptors() * (1 - SPARE) / descriptors))
        world = world_for(build, "exchange")
        callers = {silent: Caller(start(build, world), fresh_tokens=True)
                   for silent in (0, many)}
        kept = [connect(callers[many].server, said) for _ in range(many)]
        in_turn(list(callers.values()), plan)
        for connection in kept:
            connection.close()
        add(table, f"p99 of a call while {many:,} {kind}", callers[many],
            callers[0])


def add(table, case, silent, alone):
    p99 = silent.median("p99_us")
    table.add(case, {"slackmock": count(p99, " µs")},
              silent.ratio(alone, "p99_us"), "none",
              f"under {MOST_US // 1000} ms", p99 < MOST_US,
              detail={"silent": silent.rounds, "none": alone.rounds})
    # A neighbour on the machine bears on this far less.
    table.add("its processor time a call",
              {"slackmock": f"{silent.processor_us():.1f} µs"},
              silent.processor_us() / alone.processor_us(), "none")


def most_descriptors():
    """As many as this process and the server may have; taken here too."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if most == resource.RLIM_INFINITY:
        most = 4 * MANY
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most


def start(build, world):
    """A hello may last as long as the rounds do."""
    port = free_port()
    return Server("slackmock", [
        *build.slackmock_command(port, world), "--request-timeout", "600",
        "--max-connections", str(MANY + 100)], port)


def connect(server, said):
    connection = socket.create_connection(("127.0.0.1", server.port))
    connection.sendall(said)
    return connection
