"""How much of what was decided is on record: three numbers that are never blended. History comes as data."""
