"""A place to drop or choose résumés (resume_drop.jsx). Unlike the framework's own it sends a large batch in parts."""

from typing import Any

import reflex as rx
from reflex.event import EventSpec, parse_args_spec
from reflex_components_core.core.upload import Upload

# The framework takes uploads only where its own component is used; ours sends to the same address.
Upload.is_used = True

rx.asset("resume_files.js", shared=True)  # imported by resume_drop.jsx from the same folder
_asset = rx.asset("resume_drop.jsx", shared=True)


def _files(files: rx.Var[list[rx.UploadFile]], upload: rx.Var[str]) -> tuple[rx.Var, rx.Var]:
    return files, upload


def _refused(refused: rx.Var[list[list[str]]]) -> tuple[rx.Var[list[list[str]]]]:
    return (refused,)


class ResumeDrop(rx.NoSSRComponent):
    """`endings`: accepted ends of names; `limit_bytes`: of one file and one request; `taken`: groups the server took.

    `moved` changes whenever an upload gets on (a percentage serves): without it for 30 s the files count as lost, which
    the place says itself, with a way to send them again. `folders`: whether a whole folder can be chosen.
    `on_refused` gets [name, "kind" | "size" | "unreadable"] of each file that does not come.
    """

    library = _asset.importable_path
    tag = "ResumeDrop"

    drop_id: rx.Var[str]
    endings: rx.Var[list[str]]
    limit_bytes: rx.Var[int]
    taken: rx.Var[int]
    moved: rx.Var[int]
    folders: rx.Var[bool]
    title: rx.Var[str]
    hint: rx.Var[str]
    icon: rx.Component
    on_files: rx.EventHandler[_files]
    on_refused: rx.EventHandler[_refused]


def resume_drop(name: str, on_files: Any, on_progress: Any, **props: Any) -> rx.Component:
    """The place; `on_files` is a handler of uploads, `on_progress` learns how much of a group has gone."""
    upload = on_files(rx.upload_files(upload_id=name, on_upload_progress=on_progress))
    return ResumeDrop.create(drop_id=name, on_files=_of_arguments(upload), **props)


def _of_arguments(upload: EventSpec) -> EventSpec:
    """The upload event with the files and the upload's id taken from the component's own arguments."""
    files, upload_id = parse_args_spec(_files)[0]
    given = {"files": files, "upload_id": upload_id}
    return upload.with_args(args=tuple((key, given.get(str(key), value)) for key, value in upload.args))
