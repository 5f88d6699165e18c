"""Facts × schema × rules × policy × today → sorted findings; suppressions and baseline."""

from onrecord.check.baseline import make_baseline, read_baseline
from onrecord.check.config import Config, ConfigFault, PullRequestConfig, parse_config
from onrecord.check.engine import check, check_record
from onrecord.check.model import Around, Finding, Hidden, Location, Policy, ReadFile, Report, Skipped, report_json
from onrecord.check.schema import SchemaFault, SchemaHit, SchemaJudge

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
