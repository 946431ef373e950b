"""What is said for each reason why a résumé file was not read: what happened, and the way out."""

from __future__ import annotations

_ANEW = "Save it anew as PDF and upload that."
_KINDS = "Upload a PDF, DOCX, ODT, RTF or plain text file."

MESSAGES = {
    "encrypted": "This file is protected by a password. Ask for a copy without one and upload that.",
    "scanned": "This file holds pictures of text (a scan), which cannot be read. "
    "Ask for the résumé as it was saved by a word processor, as PDF or DOCX. Whoever runs this platform can switch on "
    "reading from pictures (OCR) by installing rapidocr-onnxruntime.",
    "unread_scan": "This file holds pictures of text (a scan), and no words could be made out in them in time. "
    "Ask for the résumé as it was saved by a word processor, as PDF or DOCX.",
    "picture": "This is a picture, not a document. Ask for the résumé as a word processor saved it, as PDF or DOCX.",
    "damaged": "This file is damaged and could not be opened. Ask for it again, or save it anew as PDF.",
    "truncated": "This file ends in the middle: part of it is missing, as after a broken download. Ask for it again.",
    "empty": "This file holds hardly any text that a person could read. Check that it is the right one.",
    "wrong_kind": f"This is not a résumé file we can read. {_KINDS}",
    "old_word": "This is a Word file in the old .doc format. Open it in a word processor, save it as DOCX or PDF, "
    "and upload that.",
    "old_office": "This is a file of an old office program (a spreadsheet, slides or an e-mail). "
    "Save the résumé as DOCX or PDF and upload that.",
    "pages": "This is an Apple Pages file. In Pages choose File, Export To, PDF or Word, and upload that.",
    "spreadsheet": f"This is a spreadsheet, not a résumé. {_KINDS}",
    "slides": "This is a set of slides. Save it as PDF and upload that.",
    "archive": "This is an archive of files (ZIP or the like). Unpack it and upload the résumés themselves.",
    "html": "This is a web page, not a document. Print it to PDF and upload that.",
    "xml": f"This is a data file (XML or JSON), not a document. {_KINDS}",
    "program": f"This is a program, not a résumé, and was not opened. {_KINDS}",
    "polyglot": "This file is made to be two kinds of file at once and was not opened. " + _ANEW,
    "too_large": "This file is too large to be read safely. Upload a copy below 15 MB, without large pictures.",
    "too_many_pages": "This file has more than 40 pages. Upload the résumé alone.",
    "too_long": "This file holds far more text than a résumé. Upload the résumé alone.",
    "too_slow": f"This file took too long to read and was stopped. {_ANEW.replace('anew as', 'anew as a simple')}",
    "zip_bomb": f"This file unpacks to far more than it should and was not opened. {_ANEW}",
    "unsafe": f"This file refers to things outside itself and was not opened. {_ANEW}",
}
