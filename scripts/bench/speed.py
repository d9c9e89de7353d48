"""Calls a second: each kind of call beside the bare server, and the exchange
in worlds that differ in one thing."""

from measure import BUSY, Caller, in_turn, read_events
from table import count

REFUSED = '"error":"token_already_exchanged"'
HEADLINE_TOKENS = 1000000
DATA_SCOPES = "chat:write,users:read"
DATA_CALLS = ({"method": "chat.postMessage", "form": "channel=C1&text=hi"},
              {"method": "users.info", "form": "user=U0USER"})

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
SETTINGS = {"exchange": {"fresh_tokens": True},
            "refused": {"expect": REFUSED, "last": 1000},
            "refresh": {"refresh": True}}


def world_for(build, kind):
    if kind == "exchange":
        return build.world("exchange", HEADLINE_TOKENS)
    state = "exchanged" if kind == "refused" else "active"
    return build.world(kind, 1000, state=state)


def change_of(callers, key):
    """What the new program's is of the old one's."""
    before = callers.get("before")
    return before and callers["slackmock"].ratio(before, key)


def measure_beside_bare(build, table, plan):
    for kind, per_call, connections in BESIDE_BARE:
        reply = kind + ".reply"
        world = world_for(build, kind)
        servers = [build.slackmock(world, name) for name in build.programs]
        servers.append(build.bare_server(reply))
        if build.nginx:
            servers.append(build.nginx_server(reply))
        settings = dict(SETTINGS[kind], **({"close": 1} if per_call else {}))
        callers = {server.name: Caller(server, connections, **settings)
                   for server in servers}
        in_turn(list(callers.values()), plan)
        case = (f"{NAMES[kind]}, "
                f"{'a connection a call' if per_call else 'keep-alive'}, "
                f"{connections:,} connection{'s' if connections > 1 else ''}")
        target = kind == "exchange" and connections == 32
        add_speed(table, case, callers, target)
        if kind == "exchange":
            add_p99(table, callers, target)
        add_processor(table, callers)
        add_notes(table, case, callers, per_call and connections > 128)


def measure_tls(build, table, plan):
    """Beside the same calls over plain HTTP. With a connection a call each
    second has as many handshakes."""
    world = world_for(build, "exchange")
    for case, connections, settings in (
            ("exchange over TLS, keep-alive", 32, {}),
            ("exchange over TLS, a handshake a call", 32, {"close": 1})):
        callers = {scheme: Caller(build.slackmock(world), connections,
                                  fresh_tokens=True, scheme=scheme, **settings)
                   for scheme in ("http", "https")}
        in_turn(list(callers.values()), plan)
        tls, plain = callers["https"], callers["http"]
        table.add(case, {"slackmock": count(tls.median("per_second"), "/s")},
                  tls.ratio(plain, "per_second"), "plain HTTP",
                  more_is_better=True, detail={"slackmock": tls.rounds})
        table.add("its processor time a call",
                  {"slackmock": f"{tls.processor_us():.1f} µs"},
                  tls.processor_us() / plain.processor_us(), "plain HTTP")


def measure_readers(build, table, plan):
    """Of the live page's events. They read on the core of the load, so the
    server's own time says more than the calls a second."""
    world = world_for(build, "exchange")
    callers = {readers: Caller(build.slackmock(world), 32, fresh_tokens=True)
               for readers in (0, 100)}
    read_events(callers[100].server, 100)
    in_turn(list(callers.values()), plan)
    watched, alone = callers[100], callers[0]
    table.add("exchange while 100 readers are told",
              {"slackmock": count(watched.median("per_second"), "/s")},
              watched.ratio(alone, "per_second"), "none",
              more_is_better=True, detail={"slackmock": watched.rounds})
    ratio = watched.processor_us() / alone.processor_us()
    table.add("its processor time a call",
              {"slackmock": f"{watched.processor_us():.1f} µs"}, ratio, "none",
              "at most 1.05", ratio <= 1.05)


def add_speed(table, case, callers, target):
    ratio = callers["slackmock"].ratio(callers["bare"], "per_second")
    table.add(case, values_of(callers, "per_second", "/s"), ratio,
              target="at least 0.90" if target else None,
              met=ratio >= 0.9 if target else None,
              change=change_of(callers, "per_second"), more_is_better=True,
              detail={name: caller.rounds for name, caller in callers.items()})


def add_p99(table, callers, target):
    ratio = callers["slackmock"].ratio(callers["bare"], "p99_us")
    table.add("its p99", values_of(callers, "p99_us", " µs"), ratio,
              target="at most 1.50" if target else None,
              met=ratio <= 1.5 if target else None,
              change=change_of(callers, "p99_us"))


def add_processor(table, callers):
    """A neighbour on the machine slows a server more than it makes it work."""
    if "before" not in callers:
        return
    used = {name: caller.processor_us() for name, caller in callers.items()}
    table.add("its processor time a call",
              {name: f"{time:.1f} µs" for name, time in used.items()},
              used["slackmock"] / used["bare"] if "bare" in used else None,
              change=used["slackmock"] / used["before"])


def add_notes(table, case, callers, queues):
    if queues:
        table.note("libevent's default backlog is 128 connections: with more "
                   "callers at once the bare server leaves some waiting for "
                   "a second")
    busy = min(caller.median("busy") for name, caller in callers.items()
               if name != "nginx")
    if busy > BUSY:
        table.note(f"{case}: the load used {busy:.0%} of its core or more, so "
                   "the servers may be faster than that")


def values_of(callers, key, unit):
    values = {name: count(caller.median(key), unit)
              for name, caller in callers.items()}
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
    """Each title has variants: name to scenario, connections and settings. The
    first one is what the others are held against."""
    for title, variants in (
            ("refused exchange", refused_variants(build)),
            ("refresh", refresh_variants(build)),
            ("exchange in bursts of 10", burst_variants(build)),
            ("exchange", rule_variants(build)),
            ("a call", call_variants(build)),
            ("exchange in bursts of 500", journal_variants(build))):
        callers = {name: {program: Caller(build.slackmock(world, program),
                                          connections, **settings)
                          for program in build.programs_that_know(
                              settings.get("method"))}
                   for name, (world, connections, settings)
                   in variants.items()}
        in_turn([caller for each in callers.values()
                 for caller in each.values()], plan)
        first = next(iter(callers))
        for name, each in callers.items():
            add_variant(table, f"{title}: {name}", each,
                        None if name == first else callers[first], first)


def add_variant(table, case, callers, others, of):
    ratio = others and callers["slackmock"].ratio(others["slackmock"],
                                                  "per_second")
    table.add(case, {name: count(caller.median("per_second"), "/s")
                     for name, caller in callers.items()}, ratio, of,
              "at least 0.90" if others else None,
              ratio >= 0.9 if others else None,
              change_of(callers, "per_second"), True,
              {name: caller.rounds for name, caller in callers.items()})
    add_processor(table, callers)


def refused_variants(build):
    return {f"{tokens:,} tokens":
            (build.world(f"refused-{tokens}", tokens, state="exchanged"), 10,
             {"expect": REFUSED, "last": tokens})
            for tokens in (10, 1000, 1000000)}


def refresh_variants(build):
    """wrk's trial of the script takes one of ten tokens."""
    return {f"{tokens:,} tokens":
            (build.world(f"refresh-{tokens}", tokens), 9, {"refresh": True})
            for tokens in (10, 1000, 1000000)}


def burst_variants(build):
    """Ten tokens are used up by ten calls: a reset ends each burst, which is
    sent at once, or it would not end it."""
    return {f"{tokens:,} tokens":
            (build.world(f"burst-{tokens}", tokens), 1,
             {"last": tokens, "every": 11, "depth": 11,
              "between": "POST /_mock/reset"})
            for tokens in (10, 1000, 1000000)}


def call_variants(build):
    """Two that keep no state are answered by data."""
    world = build.world("data", 1, scope=DATA_SCOPES)
    return {"exchange": (build.world("exchange", HEADLINE_TOKENS), 32,
                         {"fresh_tokens": True}),
            **{settings["method"]: (world, 32, settings)
               for settings in DATA_CALLS}}


def rule_variants(build):
    return {f"{rules or 'no'} rules":
            (build.world(f"rules-{rules}", HEADLINE_TOKENS,
                         rules_that_miss(rules)), 32, {"fresh_tokens": True})
            for rules in (0, 25, 100)}


def journal_variants(build):
    world = build.world("journal", HEADLINE_TOKENS)
    return {name: (world, 32, {"fresh_tokens": True, "every": 501,
                               "between": between})
            for name, between in (
                ("journal emptied before each", "DELETE /_mock/requests"),
                ("journal full", "GET /_mock/health"))}
