"""The AI video-interview platform: résumés and a job in, a spoken interview, a report a person decides on."""

__version__ = "0.1.0"
