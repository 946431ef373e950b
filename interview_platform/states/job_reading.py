"""Reading an advert into the job form: pasted or as a file, asked before it overwrites, undone by one click.

Nothing is saved here: what was read stands in the form until the person saves it. The wording check's replacements are
here too, each with its way back.
"""

import asyncio

import reflex as rx

from interview_platform.errors import BadInput, ResumeUnreadable
from interview_platform.services import job_intake, job_wording
from interview_platform.services.job_intake import JobReading
from interview_platform.states.guard import recruiter_event
from interview_platform.states.job_form_lines import ConditionItem, wording_key
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.recruiter_job_form import JobFormState
from interview_platform.states.words import count
from interview_platform.wiring import platform

ENDINGS = (".pdf", ".docx", ".odt", ".rtf", ".txt")
LEAST_CHARACTERS = 40
ENVELOPE_BYTES = 100_000  # of a request, around the file in it
WRONG_KIND = (
    "This is not a PDF, Word (.docx), OpenDocument, RTF or text file. Save the advert as one of them, or paste it."
)
TOO_LARGE = "This file is too large for an advert. Paste its text instead."
REFUSALS = {
    "kind": WRONG_KIND,
    "size": TOO_LARGE,
    "lost": "The file did not arrive. Check the connection and try again.",
}
UNREADABLE = {
    "encrypted": "This file is protected by a password. Save it without one, or paste the advert's text.",
    "scanned": "This file is a picture of an advert: there is no text in it to read. Paste the text instead.",
    "empty": "There is no text in this file. Paste the advert's text instead.",
    "wrong_kind": WRONG_KIND,
    "too_large": TOO_LARGE,
}
DAMAGED = "This file could not be read. Save it again as PDF, or paste the advert's text."
SHORT = "That is too short to be an advert. Paste the whole text: the duties and what is asked for."
NOTHING = "Nothing was found that fills the form. Paste the text of one job advert, or fill in the form below."
FILLED = ("title", "description", "location", "required", "preferred", "conditions")


class JobReadingState(RecruiterState):
    """The first step of the form. `is_open`: the paste field is shown."""

    is_open: bool = True
    came_back: bool = False  # opened by the person: the field takes the focus
    reading: bool = False
    wrong: str = ""
    asking: str = ""  # what a reading would overwrite, in words; "" when nothing is asked
    told: str = ""  # what was read
    undo_words: str = ""  # the last change of wording, to be undone
    limit_bytes: int = 0
    _post: str = ""
    _before: dict[str, object] = {}
    _texts: tuple[str, str] = ("", "")  # the description before and after the last replacement

    @recruiter_event
    def load(self):
        """Open the step: shown on the page of a new job, folded on an existing one's."""
        self.reset()
        self.is_open = not self._in_path("job_id")
        self.limit_bytes = platform().settings.upload_limit_mb * 1_000_000 - ENVELOPE_BYTES

    @recruiter_event
    def show(self, is_open: bool):
        """Show the paste field, or start from scratch without it."""
        self.is_open, self.came_back, self.wrong, self.asking = is_open, is_open, "", ""
        return None if is_open else rx.set_focus("title")

    @recruiter_event
    async def read_text(self, text: str):
        """Read a pasted advert."""
        return await self._take(text)

    @recruiter_event
    async def take_file(self, files: list[rx.UploadFile]):
        """Read an advert out of a file; the first when several were dropped."""
        file = files[0] if files else None
        name = (file.name or "") if file else ""
        if file is None or not name.lower().endswith(ENDINGS):
            self._refuse(WRONG_KIND)
            return
        content = await file.read()
        if len(content) > self.limit_bytes:
            self._refuse(TOO_LARGE)
            return
        self.reading = True
        yield
        try:
            parsed = await asyncio.to_thread(platform().parser.parse, name, content)
        except ResumeUnreadable as error:
            self._refuse(UNREADABLE.get(error.reason, DAMAGED))
            return
        finally:
            self.reading = False
        yield await self._take(parsed.text)

    @recruiter_event
    def turn_away(self, why: str):
        """A file that the browser did not send; `why` is one of REFUSALS."""
        self._refuse(REFUSALS.get(why, DAMAGED))

    @recruiter_event
    async def overwrite(self):
        """Yes: put what was read in the place of what was typed."""
        return await self._fill(job_intake.read(self._post), overwrite=True)

    @recruiter_event
    async def fill_gaps(self):
        """Keep what was typed; add what was read."""
        return await self._fill(job_intake.read(self._post), overwrite=False)

    @recruiter_event
    def cancel(self):
        """Leave the form as it is."""
        self.asking, self._post = "", ""

    @recruiter_event
    async def undo(self):
        """The form as it was before the reading."""
        if not self._before:
            raise BadInput("There is nothing to undo.")
        form = await self.get_state(JobFormState)
        form._fill(self._before)
        form._keep()
        self._before, self.told, self.is_open = {}, "", True
        return rx.set_focus("title")

    @recruiter_event
    async def forget(self):
        """Once the form is saved or discarded there is no way back to before the reading."""
        form = await self.get_state(JobFormState)
        if not form.touched:
            self._before, self.told, self.undo_words, self._texts = {}, "", "", ("", "")
            self.is_open = self.is_open or not form.editing

    @recruiter_event
    async def replace_words(self, key: str):
        """Put the neutral words in this place of the description."""
        form = await self.get_state(JobFormState)
        before = form.description
        held = next((one for one in job_wording.check(before) if wording_key(one) == key), None)
        if held is None:
            raise BadInput("The text has changed since. Nothing was replaced.")
        after = job_wording.replaced(before, held)
        self._texts = (before, after)
        self.undo_words = (
            f"“{held.text}” replaced with “{held.instead}”" if held.instead else f"“{held.text}” taken out"
        )
        self._write(form, after)
        return rx.set_focus("undo-words")

    @recruiter_event
    async def keep_words(self, words: str):
        """Leave these words, here and wherever else they stand in this advert."""
        form = await self.get_state(JobFormState)
        form.kept = [*form.kept, words.casefold()]
        self._write(form, form.description)

    @recruiter_event
    async def show_kept(self):
        """Point to the kept words again."""
        form = await self.get_state(JobFormState)
        form.kept = []
        self._write(form, form.description)

    @recruiter_event
    async def undo_replacement(self):
        """Take the last replacement back; what was typed since stays."""
        form = await self.get_state(JobFormState)
        before, after = self._texts
        if form.description != after:
            raise BadInput("The description was changed since, so this one is yours to change back.")
        self._texts, self.undo_words = ("", ""), ""
        self._write(form, before)
        return rx.set_focus("description")

    # --- not handlers ------------------------------------------------------------------------------------------

    def _refuse(self, why: str) -> None:
        self.wrong, self.asking, self.reading = why, "", False

    async def _take(self, text: str):  # type: ignore[no-untyped-def]
        """Read, and fill the form at once where nothing would be lost; else ask."""
        self.wrong, self.asking, self.told = "", "", ""
        if len(text.strip()) < LEAST_CHARACTERS:
            self._refuse(SHORT)
            return None
        found = job_intake.read(text)
        if found.empty:
            self._refuse(NOTHING)
            return None
        self._post = text
        form = await self.get_state(JobFormState)
        held = _held(form)
        if held:
            self.asking = f"This would overwrite {held}."
            return None
        return await self._fill(found, overwrite=True)

    async def _fill(self, found: JobReading, *, overwrite: bool):  # type: ignore[no-untyped-def]
        """Put a reading into the form; the form as it was is kept for undoing."""
        form = await self.get_state(JobFormState)
        self._before = form._typed()
        suggested = form._is_suggested()
        _put(form, found, self._post.strip(), overwrite=overwrite)
        if suggested and not form.editing:
            form.competencies = form._suggested()
        form._look()
        form._keep()
        self.told, self.asking, self._post, self.is_open = _told(found), "", "", False
        return rx.set_focus("title")

    def _write(self, form: JobFormState, text: str) -> None:
        form.description = text
        form._look()
        form._keep()


def _held(form: JobFormState) -> str:
    """What a person has typed that a reading would replace, in words."""
    filled = [name for name in FILLED if getattr(form, name)]
    words = {"required": "the skills", "preferred": "the skills"}
    said = list(dict.fromkeys(words.get(name, f"the {name}") for name in filled))
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


def _put(form: JobFormState, found: JobReading, post: str, *, overwrite: bool) -> None:
    """Every field of the form from the reading; without `overwrite` only what adds to it."""
    for name, value in (("title", found.title), ("description", post), ("location", found.location)):
        if (overwrite and value) or not getattr(form, name):
            setattr(form, name, value)
    if overwrite or not form.editing:
        form.level = found.level
        form.family = form.family if form.family_chosen and not overwrite else found.family
    held = [] if overwrite else [*form.required, *form.preferred]
    known = {skill.casefold() for skill in held}
    for kind, rows in (("required", found.required), ("preferred", found.preferred)):
        new = [row.skill for row in rows if row.skill.casefold() not in known]
        setattr(form, kind, new if overwrite else [*getattr(form, kind), *new])
    form.sources = {**form.sources, **{row.skill: row.text for row in (*found.required, *found.preferred)}}
    kept = [] if overwrite else list(form.conditions)
    named = {(item.kind, item.value.casefold()) for item in kept}
    form.conditions = [
        *kept,
        *(ConditionItem(row.kind, row.value, row.text) for row in found.conditions
          if (row.kind, row.value.casefold()) not in named),
    ]  # fmt: skip


def _told(found: JobReading) -> str:
    """What was found, in a line."""
    parts = [count(len(found.required), "required skill"), count(len(found.preferred), "preferred skill")]
    parts.append(count(len(found.conditions), "condition"))
    missing = [name for name, value in (("title", found.title), ("place", found.location)) if not value]
    note = f" It names no {' and no '.join(missing)}." if missing else ""
    return (
        f"Read from the advert: {', '.join(parts[:-1])} and {parts[-1]}.{note} Check them below: nothing is saved yet."
    )
