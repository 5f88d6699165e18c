"""Globs as a team writes them in its configuration."""

from onrecord.record.globs import glob_pattern, matches

__all__ = ["glob_pattern", "matches"]
