"""What people read of a `Cleaned`: findings, explanations, diffs and totals, with ``\\x1b`` where an escape was."""
