"""One's own data: what a CSV may look like, and what is said when it does not."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from interview_platform import cli
from interview_platform.errors import BadInput, PlatformError
from interview_platform.services import fairness_file
from interview_platform.services.fairness_rates import BOTH, SCORING, SELECTION, Person, tables
from tests.services.test_fairness_rates import SELECTED_BY_BOTH, as_printed

ROOT = Path(__file__).resolve().parent.parent.parent


def one(text: str) -> fairness_file.Sample:
    """The file's only sample."""
    (sample,) = fairness_file.read(text.encode())
    return sample


def test_common_spellings_are_the_same_category() -> None:
    made = one(
        "Gender;Race;Selected\nF;Hispanic/Latino;yes\nwoman;Latina;1\nFemale;Hispanic or Latino;TRUE\n"
        "m;Black or African American (Not Hispanic or Latino);no\nMALE;african american;rejected\n"
    )
    assert [(p.sex, p.race_ethnicity, p.selected) for p in made.people] == [
        *[("Female", "Hispanic or Latino", True)] * 3,
        *[("Male", "Black or African American", False)] * 2,
    ]
    assert made.measures == (SELECTION,)


def test_unknown_is_unknown_however_it_is_said_and_other_schemes_keep_their_names() -> None:
    made = one("sex,race_ethnicity,score\nprefer not to say,N/A,3\n,Unknown,4.5\nFemale,Roma,2\n")
    assert made.people[:2] == (Person(score=3.0), Person(score=4.5))
    assert made.people[2].race_ethnicity == "Roma"
    assert made.measures == (SCORING,)


def test_stages_and_questions_are_apart_with_the_measures_they_have() -> None:
    made = fairness_file.read(
        b"sex,race_ethnicity,selected,score,stage,question\nF,White,yes,,filter,\nM,White,no,,filter,\n"
        b"F,White,,7,interview,Q1\n"
    )
    assert [(s.stage, s.question, len(s.people), s.measures) for s in made] == [
        ("filter", "", 2, (SELECTION,)),
        ("interview", "Q1", 1, (SCORING,)),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Missing: sex, race_ethnicity, selected or score"),
        ("sex,race_ethnicity\nF,White\n", "Missing: selected or score"),
        ("sex,sex,race_ethnicity,score\n", "sex more than once"),
        ("sex,race_ethnicity,selected\n", "no people"),
        ("sex,race_ethnicity,selected\nF,White,maybe\nM,White,yes\nM,White,5\n", "line 2: selected is “maybe”"),
        ("sex,race_ethnicity,score\nF,White,high\n", "score is “high”, not a number"),
        ("sex,race_ethnicity,score\nF,White,nan\n", "not a number"),
        ("sex,race_ethnicity,score\nF,White,1,2\n", "Line 2 has 4 cells"),
    ],
)
def test_a_file_that_cannot_be_counted_says_what_is_wrong_with_it(text: str, says: str) -> None:
    with pytest.raises(BadInput, match=re.escape(says)):
        fairness_file.read(text.encode())


def test_a_file_of_another_kind_says_how_to_save_it() -> None:
    with pytest.raises(BadInput, match="CSV UTF-8"):
        fairness_file.read(b"PK\x03\x04\xff\xfe\xfa")


def test_a_spreadsheets_utf_16_is_read() -> None:
    raw = "sex\trace_ethnicity\tselected\nF\tWhite\tyes\n".encode("utf-16")
    assert len(fairness_file.read(raw)[0].people) == 1


@given(st.binary(max_size=300))
@settings(max_examples=150)
def test_any_bytes_are_read_or_refused_in_words(raw: bytes) -> None:
    try:
        fairness_file.read(b"sex,race_ethnicity,selected,score\n" + raw)
        said = "counted"
    except BadInput as error:
        said = str(error)
    assert re.search("counted|UTF-8|CSV", said)


def rules_file(folder: Path) -> Path:
    """The rule's own people as a file."""
    path = folder / "rule.csv"
    lines = ["sex,race_ethnicity,selected"]
    for name, n, hits, *_ in SELECTED_BY_BOTH:
        race, _, sex = name.partition(" · ")
        lines += [f"{sex},{race},{'yes' if at < hits else 'no'}" for at in range(n)]
    path.write_text("\n".join([*lines, *[",White,yes"] * 250]))
    return path


def test_the_command_prints_the_rules_table_from_a_file(tmp_path: Path) -> None:
    said = CliRunner().invoke(cli.app, ["audit-bias", str(rules_file(tmp_path)), "--json", "--keep-small"])
    assert said.exit_code == 0, said.output
    made = json.loads(said.output)
    crossed = next(table for table in made["samples"][0]["tables"] if table["by"] == BOTH)
    assert crossed["unknown"] == 250
    held = {line["category"]: line for line in crossed["categories"]}
    for name, n, hits, _, ratio in SELECTED_BY_BOTH:
        assert (held[name]["people"], held[name]["hits"]) == (n, hits)
        assert f"{held[name]['impact_ratio']:.3f}" == ratio
    assert "not legal advice" in made["notice"]


def test_the_command_says_in_words_what_is_flagged_and_what_to_do(tmp_path: Path) -> None:
    said = CliRunner().invoke(cli.app, ["audit-bias", str(rules_file(tmp_path)), "--keep-small"])
    assert said.exit_code == 0
    assert "! Native American or Alaska Native · Female: 41.2% of 17 were selected" in said.output
    assert "0.789" in said.output
    assert "250 of an unknown category" in said.output


def test_small_cells_can_be_hidden_in_a_file_too(tmp_path: Path) -> None:
    said = CliRunner().invoke(cli.app, ["audit-bias", str(rules_file(tmp_path)), "--min-cell", "20"])
    assert "Too few people to show" in said.output


def test_a_missing_file_is_said() -> None:
    result = CliRunner().invoke(cli.app, ["audit-bias", "nowhere.csv"])
    assert isinstance(result.exception, PlatformError)
    assert "There is no file nowhere.csv" in str(result.exception)


def test_the_example_in_the_docs_can_be_audited() -> None:
    text = (ROOT / "docs" / "fairness.md").read_text()
    example = re.search(r"```csv\n(.*?)```", text, re.DOTALL)
    assert example is not None
    samples = fairness_file.read(example.group(1).encode())
    assert {sample.stage for sample in samples} == {"filter", "interview"}
    for sample in samples:
        for measure in sample.measures:
            assert tables(sample.people, measure)[0].counted > 0


def test_figures_as_printed_follow_the_digits_of_the_rule() -> None:
    made = tables([Person("Male", "White", True), Person("Male", "White", False)], SELECTION)[0]
    assert as_printed(made.categories[0], "50%", "1.00") == ("50%", "1.00")
