"""The interviewer: plan, one turn at a time, and what guards it."""
