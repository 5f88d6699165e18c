"""A list of records that people keep in an index: where it stands, how it is written, and what it should say."""
