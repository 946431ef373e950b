"""Turns a Markdown template into a letter: a subject, plain text, and simple HTML of the same words.

Values are words, never markup: whatever a name or a note holds is shown as it is. There are no pictures and nothing
that reports when a letter is opened.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Template

from markdown_it import MarkdownIt

TEMPLATES = Path(__file__).parent / "templates"
_MARKUP = re.compile(r"([!-/:-@\[-`{-~])")  # all of ASCII's punctuation, which a backslash makes plain in Markdown
_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
_PAGE = Template(
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">'
    "<title>$title</title></head>"
    '<body style="margin:0;padding:24px;font:16px/1.55 system-ui,sans-serif">'
    '<div style="max-width:560px;margin:0 auto">$body</div></body></html>'
)


@dataclass(frozen=True)
class Letter:
    """What a mail says, in both forms."""

    subject: str
    text: str
    html: str


def write(template: str, **values: str) -> Letter:
    """The letter of `templates/<template>.md` with `$name` replaced. A paragraph that is only an empty value goes.

    Raises KeyError when the template asks for a value that is not given.
    """
    subject, body = _read(template)
    plain = {name: value.strip() for name, value in values.items()}
    marked = {name: _as_words(value) for name, value in plain.items()}
    text = Template(_plain(body)).substitute(plain)
    return Letter(
        subject=" ".join(Template(subject).substitute(plain).split()),
        text=re.sub(r"\n{3,}", "\n\n", text).strip() + "\n",
        html=_page(Template(subject).substitute(plain), Template(body).substitute(marked)),
    )


def page_of(subject: str, text: str) -> str:
    """The HTML of a letter that a person wrote or changed: the same words and line breaks, nothing else."""
    return _page(subject, _as_words(text.strip()))


@lru_cache
def _read(template: str) -> tuple[str, str]:
    head, body = (TEMPLATES / f"{template}.md").read_text(encoding="utf-8").split("\n", 1)
    return head.removeprefix("Subject:").strip(), body.strip()


def _plain(body: str) -> str:
    """Markdown of a template as people type plain text: `**x**` is x, `[x](y)` is "x: y"."""
    return _LINK.sub(r"\1: \2", body).replace("**", "")


def _as_words(value: str) -> str:
    """Markdown that shows exactly these characters, line breaks kept."""
    lines = (_MARKUP.sub(r"\\\1", line.strip()) for line in value.splitlines())
    return "\\\n".join(lines).replace("\\\n\\\n", "\n\n")


def rendered(text: str) -> str:
    """Markdown as HTML; tags in the text stay text, and only safe links become links."""
    return str(MarkdownIt("commonmark", {"html": False, "breaks": True}).render(text))


def _page(title: str, body: str) -> str:
    return _PAGE.substitute(title=html.escape(title), body=rendered(body))
