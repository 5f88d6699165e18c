"""A citation is taken only where it can hardly be anything else."""

import pytest

from onrecord.log.citations import cited_numbers


@pytest.mark.parametrize(
    "line",
    [
        "# see ADR-12",
        "// ADR 0012: one queue",
        "As ADR-12 says, one queue.",
        "One queue (ADR-0012).",
        "One queue. ADR-12 has the reasons.",
        "It waits in Kafka. ADR-12 says why.",
        "follows our ADR #12",
        "* ADR_12",
        "See [ADR-12](#why)",
        "Implements ADR-12, ADR 12 and ADR-0012",
    ],
)
def test_a_citation(line: str) -> None:
    assert cited_numbers(line) == ["12"]


def test_several() -> None:
    assert cited_numbers("See ADR-12, ADR-7 and ADR 0003.") == ["12", "7", "3"]


@pytest.mark.parametrize(
    "line",
    [
        "as RFC 9111 and PEP 517 say",
        "Kubernetes ADR-12",
        "Envoy's ADR 12",
        "the platform team's [ADR-12](x)",
        "acme/platform ADR-12",
        "API-ADR-12",
        "docs/ADR-12",
        "docs/adr/0012-use-kafka.md",
        "ADR-0012-use-kafka.md",
        "https://example.com/x explains ADR-12",
        "ADR-0000",
        "ADR-NNN",
        "ADR-123456",
        "ADR 12.5 mm",
        "QUADR-12",
        "adr-12",
        "ADRs 12",
        "",
    ],
)
def test_no_citation(line: str) -> None:
    assert cited_numbers(line) == []
