"""Facts × schema × rules × policy × today → sorted findings; suppressions and baseline."""

from typing import TYPE_CHECKING

from onrecord.lazily import opener

if TYPE_CHECKING:
    from onrecord.check.baseline import make_baseline, read_baseline
    from onrecord.check.config import Config, ConfigFault, PullRequestConfig, parse_config
    from onrecord.check.engine import check, check_record
    from onrecord.check.model import Around, Finding, Hidden, Location, Policy, ReadFile, Report, Skipped, report_json
    from onrecord.check.schema import SchemaFault, SchemaHit, SchemaJudge

_HOMES = {
    "make_baseline": "baseline",
    "read_baseline": "baseline",
    "Config": "config",
    "ConfigFault": "config",
    "PullRequestConfig": "config",
    "parse_config": "config",
    "check": "engine",
    "check_record": "engine",
    "Around": "model",
    "Finding": "model",
    "Hidden": "model",
    "Location": "model",
    "Policy": "model",
    "ReadFile": "model",
    "Report": "model",
    "Skipped": "model",
    "report_json": "model",
    "SchemaFault": "schema",
    "SchemaHit": "schema",
    "SchemaJudge": "schema",
}
__getattr__ = opener(__name__, _HOMES)

__all__ = [
    "Around",
    "Config",
    "ConfigFault",
    "Finding",
    "Hidden",
    "Location",
    "Policy",
    "PullRequestConfig",
    "ReadFile",
    "Report",
    "SchemaFault",
    "SchemaHit",
    "SchemaJudge",
    "Skipped",
    "check",
    "check_record",
    "make_baseline",
    "parse_config",
    "read_baseline",
    "report_json",
]
