"""A stage and its items in, the same items worked on out: here or in child processes."""
