"""The only rooms with a door to the street: files, git, the Actions runner, shipped schemas."""
