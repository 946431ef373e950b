"""Brings an interview's questions under a job's present rubric: for interviews that were held under an earlier one.

A question counts as the same when it was asked in the same words: then its present points and competency count. One
that was asked in other words, or is not in the plan any more, keeps the points it was asked with. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from interview_platform.models import Competency, Question


def renewed(
    asked: Sequence[Question], present: Sequence[Question], live: Sequence[Competency], names: Mapping[str, str]
) -> list[Question]:
    """Copies of `asked` as the present plan and competencies would have them; the ids stay, as turns point at them.

    `names`: of every competency the job ever had, by id. A question whose competency left the job has none.
    """
    by_id = {row.id: row for row in present}
    by_words = {_words(row.text): row for row in present}
    by_name = {row.name.casefold(): row.id for row in live}
    kept = {row.id for row in live}
    made = []
    for row in asked:
        now = by_id.get(row.id) or (None if row.application_id else by_words.get(_words(row.text)))
        held = (now or row).competency_id
        if held not in kept:
            held = by_name.get(names.get(held or "", "").casefold())
        changed = {"points": list((now or row).points), "competency_id": held}
        made.append(Question(**{**row.model_dump(), **changed}))
    return made


def _words(text: str) -> str:
    return " ".join(text.split()).casefold()
