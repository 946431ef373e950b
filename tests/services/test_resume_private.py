"""A line with a street: an address goes, prose that names a street stays."""

from interview_platform.services.resume_pages import edited
from interview_platform.services.resume_private import private_lines

PROSE = (
    "I looked after the whole building at 126 Newbury Street, 02116, with twelve colleagues, wrote the fire plan, "
    "ordered what the kitchens needed, trained 12000 visitors and answered for the budget."
)


def _left(text: str) -> str:
    return edited(text, (), private_lines(text))[0]


def test_an_address_in_the_head_is_left_with_its_town_only():
    assert _left("Ann Lee\n12 Maple Street, Apt 3B, Springfield, Illinois 62701") == "Ann Lee\nSpringfield, Illinois"


def test_a_paragraph_that_names_a_street_loses_the_street_and_its_postcode_only():
    kept = _left(f"Ann Lee\n{PROSE}")
    assert "Newbury" not in kept
    assert "02116" not in kept
    assert "wrote the fire plan" in kept
    assert "12000 visitors" in kept
