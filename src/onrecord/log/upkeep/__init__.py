"""What a record looks like today beside the history of its code: looked at when, still true where, kept by whom."""
