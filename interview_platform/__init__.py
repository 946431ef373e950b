"""The AI video-interview platform: résumés and a job in, a spoken interview, a report a person decides on."""

import sys

import structlog

__version__ = "0.1.0"

_COLOURS = sys.stdout is not None and sys.stdout.isatty()
structlog.configure(  # a traceback with the values of its variables would write candidates' words into the log
    processors=[
        *structlog.get_config()["processors"][:-1],
        structlog.dev.ConsoleRenderer(colors=_COLOURS, exception_formatter=structlog.dev.plain_traceback),
    ]
)
