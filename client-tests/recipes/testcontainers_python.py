"""Testcontainers for Python: a slackmock for the session of a pytest run.

The wait asks over HTTP: the image has no shell for one that runs commands.
"""

from collections.abc import Iterator

import pytest
from testcontainers.core.container import DockerContainer
from testcontainers.core.wait_strategies import HttpWaitStrategy

PORT = 8080


def slackmock_container() -> DockerContainer:
    return (
        DockerContainer("slackmock/slackmock:0.2.0")
        .with_exposed_ports(PORT)
        .with_env("SLACKMOCK_SCENARIO", "flows/twelve-hours-later.json")
        # The control API answers strangers with this token alone: Authorization: Bearer for-tests-alone
        .with_env("SLACKMOCK_CONTROL_TOKEN", "for-tests-alone")
        .waiting_for(HttpWaitStrategy(PORT, "/_mock/health").for_status_code(200))
    )


@pytest.fixture(scope="session")
def slack_api_url() -> Iterator[str]:
    with slackmock_container() as container:
        yield f"http://{container.get_container_host_ip()}:{container.get_exposed_port(PORT)}/api/"
