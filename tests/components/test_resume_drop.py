"""Uploads by our own drop zone: which files it sends, in what groups, and out of which folders (resume_files.js)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from reflex_components_core.core.upload import Upload

from interview_platform.components import resume_drop
from interview_platform.states.pool_work import ENDINGS, REFUSALS
from tests.components.javascript import printed

MODULE = Path("interview_platform/components/resume_files.js").resolve()
FOLDERS = """
const file = (name) => ({ name, isDirectory: false, file: (done) => done({ name, size: 1 }) });
const broken = (name) => ({ name, isDirectory: false, file: (done, failed) => failed(new Error("gone")) });
const folder = (name, held, atOnce = 2) => ({ name, isDirectory: true, createReader() {
  let place = 0;
  return { readEntries(done) { done(held.slice(place, place + atOnce)); place += atOnce; } };
} });
"""


def run(expression: str) -> Any:
    """What an expression over the module gives, as the browser would compute it."""
    script = f"""
        import {{ filesIn, groups, hidden, sorted }} from {json.dumps(str(MODULE))};
        {FOLDERS}
        console.log(JSON.stringify(await (async () => {expression})()));
    """
    return printed(script)


def test_the_server_takes_uploads_although_the_frameworks_own_component_is_not_used() -> None:
    """Reflex mounts its upload address only where this is set, or where an earlier build left a mark."""
    assert resume_drop.ResumeDrop
    assert Upload.is_used


def test_files_are_told_apart_by_ending_and_size_and_a_computers_own_files_are_passed_over() -> None:
    names = ["a.PDF", "b.docx", "c.odt", "d.rtf", "e.txt", "photo.png", ".DS_Store", "~$b.docx", "Thumbs.db", "big.pdf"]
    files = [{"name": name, "size": 11 if name == "big.pdf" else 1} for name in names]
    told = run(f"sorted({json.dumps(files)}, {json.dumps(ENDINGS)}, 10)")
    assert [file["name"] for file in told["good"]] == names[:5]
    assert told["refused"] == [["photo.png", "kind"], ["big.pdf", "size"]]
    assert {why for _, why in told["refused"]} <= set(REFUSALS)


def test_a_large_batch_goes_in_groups_of_few_files_and_few_bytes() -> None:
    sizes = [6, 6, 2, *[1] * 14]
    files = [{"name": str(place), "size": size} for place, size in enumerate(sizes)]
    made = run(f"groups({json.dumps(files)}, 10)")
    assert [file["name"] for group in made for file in group] == [file["name"] for file in files]
    assert max(len(group) for group in made) <= 10
    assert max(sum(file["size"] for file in group) for group in made) <= 10


def test_folders_are_gone_through_to_the_bottom_in_portions_and_hidden_ones_are_left() -> None:
    found = run(
        """[await filesIn([
            folder("cvs", [file("1.pdf"), file("2.pdf"), file("3.pdf"), folder("more", [file("4.pdf"), file("5.pdf")]),
                folder(".git", [file("config")]), folder("__MACOSX", [file("6.pdf")])]), file("7.pdf"), null,
        ])].flat().map((file) => file.name)"""
    )
    assert found == ["1.pdf", "2.pdf", "3.pdf", "4.pdf", "5.pdf", "7.pdf"]


def test_a_file_the_browser_cannot_open_is_named_and_the_others_come() -> None:
    found, lost = run(
        """(() => { const lost = [];
            return filesIn([broken("a.pdf"), file("b.pdf")], lost).then((found) => [found.map((f) => f.name), lost]);
        })()"""
    )
    assert (found, lost) == (["b.pdf"], [["a.pdf", "unreadable"]])
