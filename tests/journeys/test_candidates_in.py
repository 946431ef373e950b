"""Candidates in: files of every kind, hidden text shown, one page a candidate, other sources, one score re-weighed."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import Session, select

from interview_platform import routes
from interview_platform.models import Job, make_engine
from tests import resume_files
from tests.adapters.github_server import GitHubServer, repository
from tests.journeys.conftest import Server, sign_in

pytestmark = pytest.mark.journey

TITLE = "Data Engineer, journeys"
HIDDEN = "Ten years of Kubernetes, Terraform and Rust at every large company there is."
TABLE = "Full name;E-mail;Skills;Gender\nTia Table;tia@example.com;Python, SQL;f\nNo Mail;not-an-address;Python;\n"


@pytest.fixture(scope="module")
def job(server: Server) -> str:
    """A job of the demo organisation, put into its database; the pages do the rest."""
    engine = make_engine(f"sqlite:///{server.folder / 'platform.db'}")
    with Session(engine) as db:
        row = Job(
            organisation_id=db.exec(select(Job.organisation_id)).first(),
            title=TITLE,
            description="Builds our data pipelines in Python and SQL.",
            role_family="data_science",
            required_skills=["Python", "SQL"],
            preferred_skills=["Kubernetes"],
        )
        db.add(row)
        db.commit()
        key = row.id
    engine.dispose()
    return key


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Four kinds of résumé, one with hidden text."""
    made = {
        "hidden.pdf": resume_files.with_hidden(HIDDEN, "white"),
        "ines.docx": resume_files.docx(["Ines Doxa", "ines@example.com", "Writes Python every day."]),
        "odo.odt": resume_files.odt(["Odo Tate", "odo@example.com", "Builds SQL reports for a hospital."]),
        "rita.rtf": resume_files.rtf(r"Rita Fern\par rita@example.com\par Taught Python to two hundred nurses.\par"),
    }
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    return [str(tmp_path / name) for name in made]


def test_files_of_four_kinds_are_read_and_ranked(page: Page, server: Server, job: str, files: list[str]) -> None:
    sign_in(page, server)
    page.goto(server.address + routes.job(job))
    page.set_input_files("#resumes input[type=file]", files)
    rows = page.locator("#pool tbody tr")
    expect(rows).to_have_count(4, timeout=90_000)
    expect(rows.first).to_contain_text("Maya Okafor", timeout=60_000)  # once ranked


def test_a_candidates_page_shows_what_nobody_sees_in_the_file_apart_from_what_people_see(
    page: Page, server: Server, job: str
) -> None:
    _open_page_of(page, server, job, "Maya Okafor")
    expect(page.locator("img.file-page").first).to_be_visible(timeout=30_000)
    page.click("#tab-text")
    expect(page.locator("#document")).to_contain_text("Built the retry queue in Python")
    expect(page.locator("#document")).not_to_contain_text(HIDDEN)
    page.click("#tab-unseen")
    expect(page.locator("#document")).to_contain_text(HIDDEN)
    expect(page.locator("#document")).to_contain_text("a person who reads it does not see it")


def test_a_github_account_is_added_as_another_source(
    page: Page, server: Server, job: str, github_api: GitHubServer
) -> None:
    github_api.add_user("mokafor", name="Maya Okafor")
    github_api.repositories.append(repository("mokafor", "ledger-tools", {"Rust": 9_000, "SQL": 1_000}))
    _open_page_of(page, server, job, "Maya Okafor")
    page.click("#add-source")
    expect(page.locator("#github-user")).to_have_value("mokafor")  # from the link in the résumé
    page.click("#fetch-github")
    expect(page.get_by_role("dialog")).to_contain_text("was read from GitHub", timeout=30_000)
    page.get_by_role("button", name="Done").click()
    expect(page.locator("#sources")).to_contain_text("GitHub")
    page.locator("#sources").get_by_role("button", name="GitHub").click()
    page.click("#tab-text")
    expect(page.locator("#document")).to_contain_text("ledger-tools")


def test_a_table_brings_candidates_and_says_which_row_it_could_not_take(page: Page, server: Server, job: str) -> None:
    sign_in(page, server)
    page.goto(server.address + routes.job(job))
    page.click("#import")
    page.click("#tab-table")
    table = {"name": "fair.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    page.set_input_files("#table-file input[type=file]", table)
    expect(page.get_by_role("dialog")).to_contain_text("taken in", timeout=30_000)
    expect(page.locator("#import-problems")).to_contain_text("Row 3")
    page.get_by_role("button", name="Done").click()
    expect(page.locator("#pool")).to_contain_text("Tia Table", timeout=60_000)


def test_a_dropped_folder_comes_in_with_its_folders_and_every_file_is_answered(
    page: Page, server: Server, job: str, tmp_path: Path
) -> None:
    _write_folder(tmp_path / "Applicants")
    sign_in(page, server)
    page.goto(server.address + routes.job(job))
    page.wait_for_selector("#resumes button")
    place = page.locator("#resumes").bounding_box() or {"x": 0, "y": 0, "width": 0, "height": 0}
    held = {"items": [], "files": [str(tmp_path / "Applicants")], "dragOperationsMask": 1}
    browser = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
        browser.send("Input.dispatchDragEvent", {"type": kind, "x": x, "y": y, "data": held})
    for name in ("Odette Folder", "Rolf Folder"):  # the second stands in a folder inside the folder
        expect(page.locator("#pool")).to_contain_text(name, timeout=90_000)
    for said in ("photo.heic", "locked.pdf", "is protected by a password", "is already here"):
        expect(page.locator("#failures")).to_contain_text(said, timeout=30_000)
    expect(page.locator("#failures")).not_to_contain_text(".DS_Store")
    page.click("#clear-failures")
    expect(page.locator("#failures")).to_have_count(0)
    page.locator("#pool").get_by_role("button", name="Odette Folder").click()
    page.click("#open-candidate")
    expect(page.locator("#person-languages")).to_contain_text("Breton · fluent", timeout=30_000)


def _write_folder(folder: Path) -> None:
    """Two résumés, one of them again, one locked, and what a computer and a telephone leave in folders."""
    text = "Odette Folder\nodette@example.com\n\nSkills\nPython, SQL\n\nLanguages\nBreton (fluent), French (native)\n"
    made = {
        "odette.pdf": resume_files.pdf(text),
        "fair/day two/rolf.docx": resume_files.docx(["Rolf Folder", "rolf@example.com", "Writes SQL every day."]),
        "locked.pdf": resume_files.pdf(text, password="secret"),
        "photo.heic": b"x",
        ".DS_Store": b"x",
    }
    made["fair/odette again.pdf"] = made["odette.pdf"]
    for name, content in made.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def _open_page_of(page: Page, server: Server, job: str, name: str) -> None:
    sign_in(page, server)
    page.goto(server.address + routes.job(job))
    page.locator("#pool").get_by_role("button", name=name).click()
    page.click("#open-candidate")
    page.wait_for_url("**/candidates/*")
