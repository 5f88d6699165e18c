"""Fuzzing of everything that reads foreign text; `python bench/fuzz --help` says how."""
