"""Measures of delivery and wording: described, never scored."""
