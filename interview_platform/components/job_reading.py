"""The first step of the job form: paste or drop the advert; and the chips of the skills read from it."""

from typing import Any

import reflex as rx
from reflex.event import EventSpec, parse_args_spec
from reflex_components_core.core.upload import Upload

from interview_platform.components.controls import button
from interview_platform.components.feedback import notice
from interview_platform.components.layout import section
from interview_platform.states.job_reading import ENDINGS, JobReadingState
from interview_platform.states.recruiter_job_form import JobFormState

# The framework takes uploads only where its own component is used; ours sends to the same address.
Upload.is_used = True

_asset = rx.asset("post_entry.jsx", shared=True)


def _text(text: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (text,)


def _files(files: rx.Var[list[rx.UploadFile]], upload: rx.Var[str]) -> tuple[rx.Var, rx.Var]:
    return files, upload


class PostEntry(rx.NoSSRComponent):
    """A field to paste an advert into, and a place to drop it. `on_refused` gets "kind" or "size".

    `focused`: whether the field takes the focus when it appears.
    """

    library = _asset.importable_path
    tag = "PostEntry"

    entry_id: rx.Var[str]
    endings: rx.Var[list[str]]
    limit_bytes: rx.Var[int]
    busy: rx.Var[bool]
    focused: rx.Var[bool]
    placeholder: rx.Var[str]
    file_icon: rx.Component
    read_icon: rx.Component
    on_read: rx.EventHandler[_text]
    on_files: rx.EventHandler[_files]
    on_refused: rx.EventHandler[_text]


def job_reading() -> rx.Component:
    """The whole step: the paste field, what goes wrong, what is asked, what was read."""
    return rx.el.div(
        rx.cond(JobReadingState.is_open, _entry(), _folded()),
        rx.cond(JobReadingState.asking != "", _question()),
        rx.cond(
            JobReadingState.told != "",
            notice(
                "circle-check",
                rx.el.span(JobReadingState.told),
                button(
                    "Undo the reading", icon="undo-2", kind="small", on_click=JobReadingState.undo, id="undo-reading"
                ),
                tone="good",
            ),
        ),
        id="job-reading",
    )


def _entry() -> rx.Component:
    upload = JobReadingState.take_file(rx.upload_files(upload_id="advert-file"))
    return section(
        "Start from the advert",
        PostEntry.create(
            entry_id="advert",
            endings=list(ENDINGS),
            limit_bytes=JobReadingState.limit_bytes,
            busy=JobReadingState.reading,
            focused=JobReadingState.came_back,
            placeholder="Paste the advert here.",
            file_icon=rx.icon("file-up", size=16),
            read_icon=rx.icon("scan-text", size=16),
            on_read=JobReadingState.read_text,
            on_files=_of_arguments(upload),
            on_refused=JobReadingState.turn_away,
        ),
        rx.el.p(
            "Paste or drop the advert: we read title, skills and conditions; you correct them. Nothing is saved until "
            "you say so.",
            id="advert-hint",
            class_name="note",
        ),
        rx.cond(
            JobReadingState.wrong != "", notice("circle-alert", JobReadingState.wrong, tone="danger", role="alert")
        ),
        action=button(
            rx.cond(JobFormState.editing == "", "Start from scratch", "Close"),
            kind="quiet small",
            on_click=JobReadingState.show(False),
        ),
    )


def _folded() -> rx.Component:
    return rx.el.div(
        button("Read an advert into the form", icon="scan-text", kind="small", on_click=JobReadingState.show(True)),
        class_name="post-folded",
    )


def _question() -> rx.Component:
    return notice(
        "triangle-alert",
        rx.el.span(JobReadingState.asking),
        rx.el.div(
            button("Keep mine, add what is missing", kind="small", on_click=JobReadingState.fill_gaps, auto_focus=True),
            button("Overwrite", kind="small", on_click=JobReadingState.overwrite, id="overwrite"),
            button("Cancel", kind="quiet small", on_click=JobReadingState.cancel),
            class_name="line",
        ),
        tone="attention",
        role="alert",
    )


def _of_arguments(upload: EventSpec) -> EventSpec:
    """The upload event with the file and the upload's id taken from the component's own arguments."""
    files, upload_id = parse_args_spec(_files)[0]
    given = {"files": files, "upload_id": upload_id}
    return upload.with_args(args=tuple((key, given.get(str(key), value)) for key, value in upload.args))


# --- skills and where they come from ------------------------------------------------------------------------------


def skill_chip(kind: str) -> Any:
    """A chip of one skill of a list: hover shows the advert's sentence, one button moves it, one removes it."""
    other, icon = ("preferred", "arrow-down") if kind == "required" else ("required", "arrow-up")

    def chip(word: rx.Var) -> rx.Component:
        name = word.to(str)
        return rx.el.span(
            rx.el.span(name, title=JobFormState.sources[name]),
            rx.el.button(
                rx.icon(icon, size=14),
                type="button",
                title=f"Move to {other}",
                aria_label=f"Move to {other}: " + name,
                on_click=JobFormState.move_skill(kind, name),
            ),
            rx.el.button(
                rx.icon("x", size=14),
                type="button",
                aria_label="Remove " + name,
                on_click=JobFormState.remove_skill(kind, name),
            ),
            class_name="chip",
        )

    return chip


def skill_sources() -> rx.Component:
    """Each skill beside the sentence of the advert that asks for it."""

    def line(word: rx.Var) -> rx.Component:
        said = JobFormState.sources[word.to(str)]
        return rx.cond(said, rx.fragment(rx.el.dt(word), rx.el.dd("“", said, "”")))

    return rx.cond(
        JobFormState.sources.length() > 0,
        rx.el.details(
            rx.el.summary(rx.icon("chevron-right", size=14), "Where the advert says so"),
            rx.el.dl(
                rx.foreach(JobFormState.required, line),
                rx.foreach(JobFormState.preferred, line),
                class_name="facts-grid skill-sources",
            ),
            class_name="more",
        ),
    )
