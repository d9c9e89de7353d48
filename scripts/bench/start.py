"""The time to a first reply: of an idle world, of the static program, with a
million tokens; and how long --check takes."""

import glob
import os
import time

from measure import first_replies
from servers import SERVER_CORE, fail, on_cores
from table import change, texts

MILLION = 1000000
SCENARIOS = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                         "../../scenarios")


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
    measure_static(build, table, plan)
    add_loading(build, table, "generate", build.world("million", MILLION), 1)
    add_loading(build, table, "a file", write_million(build), 1.5)
    measure_check(build, table, plan)


def measure_static(build, table, plan):
    """The program without libraries, if `make static` has built it."""
    if "static" not in build.others:
        table.add("start of the static program",
                  {"slackmock": "not measured: `make static` builds it"})
        return
    time_taken, = first_replies(
        [lambda port: build.slackmock_command(port, None, "static")],
        plan.starts)
    size = os.path.getsize(build.program("static"))
    table.add("start of the static program",
              {"slackmock": f"{time_taken:.2f} ms"}, target="at most 1.50 ms",
              met=time_taken <= 1.5)
    table.add("the static program", {"slackmock": f"{size / 1e6:.2f} MB"},
              target="at most 1.20 MB", met=size <= 1.2e6)


def add_loading(build, table, source, scenario, limit):
    found = dict(zip(build.programs,
                     first_replies(slackmock_starts(build, scenario), 4)))
    table.add(f"start with 1,000,000 tokens from {source}",
              {name: f"{time / 1e3:.3f} s" for name, time in found.items()},
              target=f"under {limit} s", met=found["slackmock"] / 1e3 < limit,
              change=change(found))


def check_time(program, path):
    """Milliseconds that --check takes, from the start to the end."""
    silence = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)
    start = time.perf_counter()
    checked = os.posix_spawn(program, [program, "--check", path], os.environ,
                             file_actions=[silence])
    _, status = os.waitpid(checked, 0)
    taken = (time.perf_counter() - start) * 1e3
    if status != 0:
        fail(f"{program} --check {path}: ended with {status}")
    return taken


def measure_check(build, table, plan):
    """Of each the fastest run: what else the machine does only adds to it, and
    of so many medians one would be hit."""
    shipped = [path for path in
               glob.glob(os.path.join(SCENARIOS, "**/*.json"), recursive=True)
               if os.path.basename(path) != "schema.json"]
    with on_cores({SERVER_CORE}):
        slowest = {name: max(
            min(check_time(program, path) for _ in range(plan.starts))
            for path in shipped) for name, program in build.programs.items()}
    table.add(f"--check, the slowest of {len(shipped)} shipped scenarios",
              texts(slowest, "{:.2f} ms".format), target="under 5 ms",
              met=slowest["slackmock"] < 5, change=change(slowest))
