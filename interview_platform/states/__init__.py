"""Thin Reflex states: check who, call one service, set what the page shows."""
