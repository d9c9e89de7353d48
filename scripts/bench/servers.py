"""The servers that are measured: each is started on a port and a core of its
own, and ended with SIGTERM, after which it must have exited with 0."""

import atexit
import http.client
import json
import os
import platform
import random
import shutil
import signal
import socket
import subprocess
import sys
import time

PATIENCE_SECONDS = 120
APP = ("client_id=4123121235.9872358710"
       "&client_secret=e1b9e11dfcd19c1982d5de12921e17e8c")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
# A call that changes no world.
UNKNOWN_TOKEN = (b"POST /api/oauth.v2.exchange HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                 b"Content-Type: application/x-www-form-urlencoded\r\n"
                 b"Content-Length: 18\r\n\r\ntoken=xoxb-unknown")

# With one core both share it: the report says so.
CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE = CORES[0]
LOAD_CORE = CORES[-1]


def fail(message):
    sys.exit(f"bench: {message}")


class on_cores:
    """What is started inside runs on these cores alone."""

    def __init__(self, cores):
        self.cores = cores

    def __enter__(self):
        os.sched_setaffinity(0, self.cores)

    def __exit__(self, *_):
        os.sched_setaffinity(0, {LOAD_CORE})


def ask(connection):
    """Makes one call; returns whether it was answered with status 200."""
    try:
        connection.sendall(UNKNOWN_TOKEN)
        return connection.recv(4096).startswith(b"HTTP/1.1 200")
    except ConnectionError:
        return False


def post(connection, path, form):
    """Makes one call, sent at once; returns the body of its reply."""
    connection.sendall(
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(form)}\r\n\r\n{form}".encode())
    reply = http.client.HTTPResponse(connection)
    reply.begin()
    return reply.read().decode()


def free_port():
    """A port below those that connections take for themselves."""
    while True:
        port = random.randint(20000, 30000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


class Server:
    running = []

    def __init__(self, name, command, port, **settings):
        self.name = name
        self.port = port
        with on_cores({SERVER_CORE}):
            self.process = subprocess.Popen(
                command, stdout=subprocess.DEVNULL, **settings)
        Server.running.append(self)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self.listens():
            if self.process.poll() is not None:
                fail(f"{command[0]} ended with {self.process.returncode} "
                     "before it took connections")
            if time.monotonic() > deadline:
                fail(f"{command[0]} took no connection in {PATIENCE_SECONDS} s")
            time.sleep(0.002)

    def listens(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def call(self, verb, path, body=None):
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        connection.request(verb, path, body, FORM if body else {})
        reply = connection.getresponse()
        text = reply.read().decode()
        connection.close()
        if reply.status != 200:
            fail(f"{verb} {path}: wanted status 200 of {self.name}, found "
                 f"{reply.status} {text}")
        return reply.getheaders(), text

    def resident(self):
        """Bytes of memory, with those of the processes it started."""
        pids = [self.process.pid]
        for pid in pids:
            with open(f"/proc/{pid}/task/{pid}/children") as children:
                pids += [int(child) for child in children.read().split()]
        total = 0
        for pid in pids:
            with open(f"/proc/{pid}/status") as status:
                total += sum(int(line.split()[1]) * 1024 for line in status
                             if line.startswith("VmRSS"))
        return total

    def processor_seconds(self):
        with open(f"/proc/{self.process.pid}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        Server.running.remove(self)
        self.process.terminate()
        status = self.process.wait(PATIENCE_SECONDS)
        if status != 0:
            fail(f"wanted {self.name} to exit with 0, found {status}")


signal.signal(signal.SIGTERM, lambda *_: sys.exit("bench: stopped"))


@atexit.register
def kill_what_runs():
    """After a failure: what was measured is of no use any more."""
    for server in Server.running:
        server.process.kill()
        server.process.wait()


class Build:
    """The programs and files of one build folder, and an old program to measure
    beside the new one, or None."""

    def __init__(self, folder, against=None):
        self.programs = {"slackmock": os.path.join(folder, "slackmock")}
        if against:
            self.programs["before"] = against
        self.folder = os.path.join(folder, "bench")
        # Measured beside the new program, but not in every row.
        self.others = {}
        for name, path in (
                ("without TLS", self.path("without-tls/slackmock")),
                ("static", os.path.join(folder, "static", platform.machine(),
                                        "slackmock"))):
            if os.access(path, os.X_OK):
                self.others[name] = path
        self.bare = self.path("bare_server")
        for program in (*self.programs.values(), self.bare):
            if not os.access(program, os.X_OK):
                fail(f"{program} is no program here; `make bench` builds those "
                     f"of {folder}")
        version = subprocess.run([self.program("slackmock"), "--version"],
                                 stdout=subprocess.PIPE, text=True, check=True)
        self.has_tls = "without TLS" not in version.stdout
        if not shutil.which("wrk"):
            fail("wanted wrk: `scripts/set-up bench` installs it")
        self.nginx = shutil.which(
            "nginx", path=os.environ["PATH"] + ":/usr/sbin")
        self.valgrind = shutil.which("valgrind")

    def path(self, name):
        return os.path.join(self.folder, name)

    def program(self, name):
        return {**self.programs, **self.others}[name]

    def programs_that_know(self, method):
        """By name: an old program may answer a few methods alone. All know
        those that the load calls without a name."""
        return [name for name, program in self.programs.items()
                if not method or subprocess.run(
                    [program, "--list-errors", method],
                    capture_output=True).returncode == 0]

    def write(self, name, text):
        with open(self.path(name), "w") as file:
            file.write(text)
        return self.path(name)

    def slackmock_command(self, port, scenario, name="slackmock"):
        return [self.program(name), "--quiet", "--listen",
                f"127.0.0.1:{port}", *([scenario] if scenario else [])]

    def bare_command(self, port, reply):
        return [self.bare, str(port), self.path(reply)]

    def nginx_command(self, port, reply):
        """nginx as one process that answers the recorded reply."""
        with open(self.path(reply)) as file:
            head, body = file.read().split("\n\n", 1)
        headers = dict(line.split(": ", 1) for line in head.split("\n"))
        content_type = headers.pop("Content-Type")
        added = "".join(f'add_header {name} "{value}";\n'
                        for name, value in headers.items())
        folder = os.path.abspath(self.path("nginx"))
        os.makedirs(folder, exist_ok=True)
        path = self.write(f"nginx/{port}.conf", f"""
            daemon off; master_process off; pid {folder}/{port}.pid;
            error_log stderr crit;
            events {{ worker_connections 16384; }}
            http {{
                access_log off; keepalive_requests 1000000000;
                client_body_temp_path {folder}; proxy_temp_path {folder};
                fastcgi_temp_path {folder}; uwsgi_temp_path {folder};
                scgi_temp_path {folder};
                server {{
                    listen 127.0.0.1:{port};
                    location / {{ default_type "{content_type}";
                        {added} return 200 '{body}'; }}
                }}
            }}""")
        return [self.nginx, "-p", folder, "-e", "stderr", "-c",
                os.path.abspath(path)]

    def slackmock(self, scenario=None, name="slackmock"):
        port = free_port()
        return Server(name, self.slackmock_command(port, scenario, name), port)

    def bare_server(self, reply):
        port = free_port()
        return Server("bare", self.bare_command(port, reply), port)

    def nginx_server(self, reply):
        port = free_port()
        return Server("nginx", self.nginx_command(port, reply), port)

    def world(self, name, tokens, rules=(), state="active",
              scope="commands"):
        """A scenario file with so many generated tokens."""
        return self.write(f"{name}.json", json.dumps({
            "description": f"{tokens} generated tokens, {len(rules)} rules.",
            "extends": "default.json",
            "tokens": [{"generate": tokens, "type": "bot", "app": "A0APP",
                        "team": "T0TEAM", "scope": scope,
                        "state": state}],
            "rules": list(rules)}))

    def record_replies(self):
        """Writes the replies that the others are to repeat."""
        server = self.slackmock(self.world("recorded", 10))
        exchange = APP + "&token=xoxb-generated-7"
        path = "/api/oauth.v2.exchange"
        _, text = self.record(server, "exchange", path, exchange)
        self.record(server, "refused", path, exchange)
        token = text.split('"refresh_token":"')[1].split('"')[0]
        self.record(server, "refresh", "/api/oauth.v2.access",
                    f"{APP}&grant_type=refresh_token&refresh_token={token}")
        server.stop()

    def record(self, server, name, path, form):
        headers, text = server.call("POST", path, form)
        # The bare server adds these itself, as slackmock does.
        own = ("date", "content-length", "connection")
        lines = [f"{key}: {value}\n" for key, value in headers
                 if key.lower() not in own]
        content_type = [line for line in lines
                        if line.lower().startswith("content-type:")]
        self.write(name + ".reply", "".join(content_type) + "\n" + text)
        self.write(name + "-with-headers.reply", "".join(lines) + "\n" + text)
        return headers, text
