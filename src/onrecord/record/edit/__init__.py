"""Edits of a record's lines: what is written is read back as exactly that, and nothing else reads otherwise."""
