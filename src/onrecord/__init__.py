"""Put the decision on record: decision records and pull requests in, findings out."""

__version__ = "0.1.0"
