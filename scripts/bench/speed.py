"""Calls a second: each kind of call beside the bare server, and the exchange
in worlds that differ in one thing."""

from measure import BUSY, Caller, in_turn
from table import count

REFUSED = '"error":"token_already_exchanged"'
HEADLINE_TOKENS = 1000000

# kind, whether with a connection a call, connections
BESIDE_BARE = (
    ("exchange", False, 32), ("exchange", True, 32),
    ("exchange", False, 1), ("exchange", True, 1),
    ("exchange", False, 1000), ("exchange", True, 1000),
    ("refused", False, 32), ("refused", True, 32),
    ("refresh", False, 32), ("refresh", True, 32),
)
NAMES = {"exchange": "successful exchange", "refused": "refused exchange",
         "refresh": "refresh"}


def options_for(kind, per_call, connections):
    options = ["--connections", str(connections)]
    if per_call:
        options += ["--per-call"]
    if kind == "refused":
        options += ["--expect", REFUSED, "--last", "1000"]
    if kind == "refresh":
        options += ["--refresh"]
    return options


def start_slackmock(build, kind):
    if kind == "exchange":
        return build.slackmock(build.world("exchange", HEADLINE_TOKENS))
    state = "exchanged" if kind == "refused" else "active"
    return build.slackmock(build.world(kind, 1000, state=state))


def measure_beside_bare(build, table, plan):
    for kind, per_call, connections in BESIDE_BARE:
        reply = kind + ".reply"
        servers = [start_slackmock(build, kind), build.bare_server(reply)]
        if build.nginx:
            servers.append(build.nginx_server(reply))
        callers = [
            Caller(build, server, options_for(kind, per_call, connections),
                   fresh_tokens=kind == "exchange", reset=kind == "refresh")
            for server in servers]
        in_turn(callers, plan.rounds, plan.milliseconds)
        add_speed(table, kind, per_call, connections, callers)


def add_speed(table, kind, per_call, connections, callers):
    own, bare = callers[0], callers[1]
    case = (f"{NAMES[kind]}, "
            f"{'a connection a call' if per_call else 'keep-alive'}, "
            f"{connections:,} connection{'s' if connections > 1 else ''}")
    detail = {caller.server.name: caller.rounds for caller in callers}
    target = kind == "exchange" and connections == 32
    ratio = own.ratio(bare, "per_second")
    table.add(case, values_of(callers, "per_second", "/s"), ratio,
              target="at least 0.90" if target else None,
              met=ratio >= 0.9 if target else None, detail=detail)
    if kind == "exchange":
        ratio = own.ratio(bare, "p99_us")
        table.add("its p99", values_of(callers, "p99_us", " µs"), ratio,
                  target="at most 1.50" if target else None,
                  met=ratio <= 1.5 if target else None)
    if per_call and connections > 128:
        table.note("libevent's default backlog is 128 connections: with more "
                   "callers at once the bare server leaves some waiting for "
                   "a second")
    busy = min(caller.median("busy") for caller in callers[:2])
    if busy > BUSY:
        table.note(f"{case}: the load used {busy:.0%} of its core or more, so "
                   "the servers may be faster than that")


def values_of(callers, key, unit):
    values = {caller.server.name: count(caller.median(key), unit)
              for caller in callers}
    values.setdefault("nginx", "not installed")
    return values


def rules_that_miss(number):
    """Rules that none of the load's calls matches: a quarter each."""
    kinds = ({"method": "oauth.v2.exchange", "token": "xoxb-elsewhere-{}"},
             {"method": "oauth.v2.exchange", "token": "xoxp-*-{}"},
             {"method": "auth.test"},
             {"method": "oauth.v2.exchange", "client_id": "?{}.*"})
    return [{"name": f"rule {place}",
             "when": {key: value.format(place) for key, value
                      in kinds[place % len(kinds)].items()},
             "reply": {"error": "internal_error"}} for place in range(number)]


def measure_variants(build, table, plan):
    for title, variants in (
            ("refused exchange", refused_variants(build)),
            ("refresh", refresh_variants(build)),
            ("exchange in bursts of 10", burst_variants(build)),
            ("exchange", rule_variants(build)),
            ("exchange in bursts of 500", journal_variants(build))):
        names = list(variants)
        callers = [start() for start in variants.values()]
        in_turn(callers, plan.rounds, plan.milliseconds)
        for name, caller in zip(names, callers):
            ratio = caller.ratio(callers[0], "per_second")
            first = caller is callers[0]
            table.add(f"{title}: {name}",
                      {"slackmock": count(caller.median("per_second"), "/s")},
                      None if first else ratio, names[0],
                      None if first else "at least 0.90",
                      None if first else ratio >= 0.9,
                      {"slackmock": caller.rounds})


def refused_variants(build):
    def start(tokens):
        world = build.world(f"refused-{tokens}", tokens, state="exchanged")
        return Caller(build, build.slackmock(world),
                      ["--connections", "10", "--expect", REFUSED,
                       "--last", str(tokens)], fresh_tokens=True)
    return {f"{tokens:,} tokens": lambda tokens=tokens: start(tokens)
            for tokens in (10, 1000, 1000000)}


def refresh_variants(build):
    def start(tokens):
        world = build.world(f"refresh-{tokens}", tokens)
        return Caller(build, build.slackmock(world),
                      ["--connections", "10", "--refresh"], reset=True)
    return {f"{tokens:,} tokens": lambda tokens=tokens: start(tokens)
            for tokens in (10, 1000, 1000000)}


def burst_variants(build):
    """Ten tokens are used up by ten calls: the world is reset off the clock.
    A million last, and to reset them each time would last too."""
    def start(tokens):
        world = build.world(f"burst-{tokens}", tokens)
        lasting = tokens == 1000000
        options = ["--connections", "10", "--burst", "10", "--between",
                   "GET /_mock/health" if lasting else "POST /_mock/reset"]
        if not lasting:
            options += ["--last", "10"]
        return Caller(build, build.slackmock(world), options,
                      fresh_tokens=lasting)
    return {f"{tokens:,} tokens": lambda tokens=tokens: start(tokens)
            for tokens in (10, 1000, 1000000)}


def rule_variants(build):
    def start(rules):
        world = build.world(f"rules-{rules}", HEADLINE_TOKENS,
                            rules_that_miss(rules))
        return Caller(build, build.slackmock(world), ["--connections", "32"],
                      fresh_tokens=True)
    return {f"{rules or 'no'} rules": lambda rules=rules: start(rules)
            for rules in (0, 25, 100)}


def journal_variants(build):
    world = build.world("journal", HEADLINE_TOKENS)

    def start(between):
        return Caller(build, build.slackmock(world),
                      ["--connections", "32", "--burst", "500", "--between",
                       between], fresh_tokens=True)
    return {"journal emptied before each":
            lambda: start("DELETE /_mock/requests"),
            "journal full": lambda: start("GET /_mock/health")}
