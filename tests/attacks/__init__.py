"""Attacks from outside: what an attacker can send, counted; each count of successes must be 0."""
