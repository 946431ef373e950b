"""From points and verified quotes to levels, in pure code."""
