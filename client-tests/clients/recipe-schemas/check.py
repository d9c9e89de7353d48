"""Checks client-tests/recipes as far as that goes without an engine.

Usage: check.py PROGRAM VERSION

Each file fits its schema; its image is that of VERSION; and PROGRAM, started with
the environment that the file gives the image's, answers the file's probes and its
control token. The first that is not so ends this with what was found.
"""

import contextlib
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import kubernetes_validate
import yaml

RECIPES = Path("client-tests/recipes")
SCHEMAS = {
    "github-service.yml": "vendor.github-workflows",
    "github-job.yml": "vendor.github-workflows",
    "gitlab-ci.yml": "vendor.gitlab-ci",
    "compose.yaml": "vendor.compose-spec",
}
IMAGE = "slackmock/slackmock:"
PORT = 8080
HEALTH = "/_mock/health"

opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # loopback goes through no proxy


def expect(what: str, found: object, wanted: object) -> None:
    if found != wanted:
        sys.exit(f"{what}: found {found!r}, wanted {wanted!r}")


def load(name: str) -> dict:
    return yaml.safe_load((RECIPES / name).read_text())


def check_schemas() -> None:
    for name, schema in SCHEMAS.items():
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(RECIPES / name)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    for resource in yaml.safe_load_all((RECIPES / "kubernetes.yaml").read_text()):
        kubernetes_validate.validate(resource, "1.37", strict=True)


@contextlib.contextmanager
def serve(program: str, environment: dict[str, str]) -> Iterator[int]:
    """As the image starts it, but on a free port, which is what this yields."""
    variables = os.environ | environment | {"SLACKMOCK_LISTEN": "0.0.0.0:0"}
    command = [program, "--until-eof", "--quiet"]
    with subprocess.Popen(command, env=variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        line = server.stdout.readline()
        if not line:
            sys.exit(f"{program} does not start with {environment}")
        yield int(line.split(":")[2].split("/")[0])
        server.stdin.close()
    expect(f"exit status with {environment}", server.returncode, 0)


def status(port: int, path: str, token: str | None = None) -> int:
    """A GET by the name that the service has among containers."""
    headers = {"Host": f"slackmock:{PORT}"} | ({"Authorization": f"Bearer {token}"} if token else {})
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with opener.open(request) as reply:
            return reply.status
    except urllib.error.HTTPError as refusal:
        return refusal.code


def check_server(recipe: str, program: str, environment: dict[str, str]) -> None:
    with serve(program, environment) as port:
        expect(f"{recipe}: {HEALTH}", status(port, HEALTH), 200)
        expect(f"{recipe}: /api/api.test", status(port, "/api/api.test"), 200)
        expect(f"{recipe}: control without its token", status(port, "/_mock/state"), 401)
        expect(f"{recipe}: control", status(port, "/_mock/state", environment["SLACKMOCK_CONTROL_TOKEN"]), 200)


def check_github(program: str, image: str) -> None:
    service = load("github-service.yml")["jobs"]["test"]["services"]["slackmock"]
    expect("github-service.yml: image", service["image"], image)
    expect("github-service.yml: ports", service["ports"], [f"{PORT}:{PORT}"])
    check_server("github-service.yml", program, service["env"])


def check_job(program: str, version: str) -> None:
    """Its own lines start it and wait; the port is another one here."""
    steps = load("github-job.yml")["jobs"]["test"]["steps"]
    expect("github-job.yml: install", steps[1]["run"], f"pip install slackmock=={version}")
    with serve(program, {}) as port:
        wait = [line for line in steps[2]["run"].splitlines() if "--health" in line][0]
        asked = wait.split("until ")[1].split(";")[0].replace("slackmock ", f"{program} ").replace(str(PORT), str(port))
        expect(f"github-job.yml: {asked}", subprocess.run(asked.split(), stdout=subprocess.DEVNULL).returncode, 0)


def check_gitlab(program: str, image: str) -> None:
    service = load("gitlab-ci.yml")["test"]["services"][0]
    expect("gitlab-ci.yml: image", service["name"], image)
    check_server("gitlab-ci.yml", program, service["variables"])


def check_compose(program: str, image: str) -> None:
    service = load("compose.yaml")["services"]["slackmock"]
    expect("compose.yaml: image", service["image"], image)
    check_server("compose.yaml", program, service["environment"])
    kind, path, *arguments = service["healthcheck"]["test"]
    expect("compose.yaml: healthcheck", [kind, path], ["CMD", "/slackmock"])
    with serve(program, service["environment"]) as port:
        variables = os.environ | service["environment"] | {"SLACKMOCK_LISTEN": f"0.0.0.0:{port}"}
        asked = subprocess.run([program, *arguments], env=variables, stdout=subprocess.DEVNULL)
        expect("compose.yaml: healthcheck", asked.returncode, 0)


def check_kubernetes(program: str, image: str) -> None:
    deployment, _ = yaml.safe_load_all((RECIPES / "kubernetes.yaml").read_text())
    container = deployment["spec"]["template"]["spec"]["containers"][0]
    expect("kubernetes.yaml: image", container["image"], image)
    expect("kubernetes.yaml: ports", container["ports"], [{"name": "http", "containerPort": PORT}])
    for probe in "startupProbe", "readinessProbe", "livenessProbe":
        expect(f"kubernetes.yaml: {probe}", container[probe]["httpGet"], {"path": HEALTH, "port": "http"})
    check_server("kubernetes.yaml", program, {entry["name"]: entry["value"] for entry in container["env"]})


def check_testcontainers(program: str, image: str) -> None:
    """The library's own wait, pointed at the server as it would be at a container."""
    sys.path.insert(0, str(RECIPES))
    import testcontainers_python as recipe

    with patch("testcontainers.core.container.DockerClient"):
        container = recipe.slackmock_container()
    expect("testcontainers_python.py: image", container.image, image)
    check_server("testcontainers_python.py", program, container.env)
    with serve(program, container.env) as port:
        container.get_container_host_ip = lambda: "127.0.0.1"
        container.get_exposed_port = lambda _: port
        container._wait_strategy.with_startup_timeout(10).wait_until_ready(container)


def main() -> None:
    program, version = sys.argv[1:]
    program = str(Path(program).resolve())
    for name in list(os.environ):
        if name.startswith("SLACKMOCK"):
            del os.environ[name]
    check_schemas()
    check_job(program, version)
    for check in check_github, check_gitlab, check_compose, check_kubernetes, check_testcontainers:
        check(program, IMAGE + version)
    print("every recipe is fine")


main()
