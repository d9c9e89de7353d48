"""What TLS costs a server that nobody asks for it, beside the same program built
without (TLS=0); and what the first client takes that does."""

import shutil
import socket
import ssl

from measure import first_replies
from memory import idle_memory, resident_once, stripped_size
from servers import UNKNOWN_TOKEN, fail
from table import size

# Of a start, and of the memory of an idle server.
MOST = 1.3
WITHOUT = "without TLS"


def measure_tls_cost(build, table, plan):
    if build.has_tls:
        add_handshake(build, table)
    if not build.has_tls or WITHOUT not in build.others:
        table.note("what TLS costs is not measured: wanted a program with it, "
                   "and one without, which `make bench` builds")
        return
    add_start(build, table, plan)
    add_cost(table, "memory, idle", *(
        resident_once(build.slackmock(None, name))
        for name in ("slackmock", WITHOUT)), size, MOST)
    if shutil.which("strip"):
        add_cost(table, "program, stripped", *(
            stripped_size(build, name.replace(" ", "-"), build.program(name))
            for name in ("slackmock", WITHOUT)), size)


def add_cost(table, case, found, without, text, most=None):
    ratio = found / without
    table.add(f"{case}, {WITHOUT}", {"slackmock": text(without)})
    table.add(f"{case}, with it", {"slackmock": text(found)}, ratio, WITHOUT,
              f"at most {most:.2f}" if most else None,
              ratio <= most if most else None)


def add_start(build, table, plan):
    commands = [lambda port, name=name: build.slackmock_command(
        port, None, name) for name in ("slackmock", WITHOUT)]
    add_cost(table, "start to first reply",
             *first_replies(commands, plan.starts), "{:.2f} ms".format, MOST)


def add_handshake(build, table):
    """With the first one the authority and a certificate are made."""
    server = build.slackmock()
    idle = idle_memory(server)
    ask_over_tls(server.port)
    table.add("memory after a handshake",
              {"slackmock": size(server.resident())},
              server.resident() / idle, "memory, idle")
    server.stop()


def ask_over_tls(port):
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", port)) as plain, \
            context.wrap_socket(plain) as connection:
        connection.sendall(UNKNOWN_TOKEN)
        if not connection.recv(4096).startswith(b"HTTP/1.1 200"):
            fail("wanted a reply with status 200 over TLS")
