"""What is kept, why, where, for how long and for whom: the data map of docs/privacy.md and of every access export."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One table, one kind of stored file, or one other place. `goes`: how a deletion reaches it."""

    place: str
    what: str
    why: str
    who: str  # may see it
    goes: str
    personal: bool = True  # holds something of a candidate


_TEAM = "People of the organisation with a role"
_OWN = "The candidate; people of the organisation with a role"
_WITH = "With the candidate"
_VIEW = "A search for the candidate: with the candidate"

TABLES: tuple[Entry, ...] = (
    Entry(
        "candidate", "Name, e-mail address, telephone, place, headline, links", "To invite and to answer", _TEAM, _WITH
    ),
    Entry("resume", "Résumé or profile: text, facts read from it, file name", "To compare with the job", _TEAM, _WITH),
    Entry(
        "application", "Stage, place in the ranking, words the pool is searched by", "To run a job's pool", _TEAM, _WITH
    ),
    Entry("match", "What of the résumé met the job", "To explain the ranking", _TEAM, _WITH),
    Entry("duplicate", "Why two entries may be one person", "To merge them", _TEAM, _WITH),
    Entry("invite", "When a link was sent, opened, ends", "To let the candidate in", _OWN, _WITH),
    Entry("consent", "What was agreed to, in which version, when", "To prove consent", _OWN, _WITH),
    Entry("interview", "Plan, times, how it ended", "To hold it", _OWN, _WITH),
    Entry("question", "Questions asked because of the résumé", "To ask them", _OWN, _WITH),
    Entry("turn", "The transcript", "To judge the answers by their words", _OWN, _WITH),
    Entry("recording", "Where sound and picture are stored", "To check what was said", _OWN, _WITH),
    Entry("signal", "Framing, light, loudness, pace", "To describe the conditions; never scored", _OWN, _WITH),
    Entry("report", "What the interview showed", "To prepare a person's decision", _TEAM, _WITH),
    Entry("score", "A level per competency", "To prepare a person's decision", _TEAM, _WITH),
    Entry("evidence", "Quotes that show a point", "To prove a level", _TEAM, _WITH),
    Entry("override", "A person's other level and why", "A person decides", _TEAM, _WITH),
    Entry("rating", "People's own levels and notes", "A person decides", _TEAM, _WITH),
    Entry("feedback", "Flags, notes and decisions", "To decide and to improve", _TEAM, _WITH),
    Entry("correction", "What was misheard, put right", "To judge what was said", _OWN, _WITH),
    Entry("candidate_feedback", "The words of feedback after the interview", "To tell the candidate", _OWN, _WITH),
    Entry("candidate_question", "What the candidate asked or asked for", "To answer it", _OWN, _WITH),
    Entry("report_link", "Links to a report, and when they were opened", "To share a report", _TEAM, _WITH),
    Entry("booking", "Meetings after the interview", "To meet", _OWN, _WITH),
    Entry("busy_time", "That a time is taken by a meeting", "Not to book it twice", _TEAM, _WITH),
    Entry("message", "E-mails to the candidate", "To send once, and to show what was sent", _OWN, _WITH),
    Entry("human_review", "A request for another look, and its answer", "To answer it in time", _OWN, _WITH),
    Entry("correction_request", "What the candidate says was misheard", "To listen again", _OWN, _WITH),
    Entry("access_export", "That a copy of the data was made", "To offer it for a day", _OWN, _WITH),
    Entry("legal_hold", "That data must be kept, and why", "A duty in law", _TEAM, _WITH),
    Entry(
        "demographics",
        "Sex, race and ethnicity where given: sealed, under a name only its own key can make",
        "Totals that show unfairness",
        "Nobody singly; totals: owner and auditor",
        "With the candidate, by that key",
        False,
    ),
    Entry("erasure", "Ids, kinds and counts of a deletion", "The receipt", _OWN, "Stays: no personal data", False),
    Entry("auditevent", "Who did what when, by ids", "To prove what was done", _TEAM, "Stays: ids only", False),
    Entry("audithead", "The end of the audit log's chain", "To prove that nothing was changed", _TEAM, "Stays", False),
    Entry("organisation", "The employer and its switches", "To run the product", _TEAM, "Not a candidate's", False),
    Entry("user_account", "People of the organisation", "To sign in", _TEAM, "Not a candidate's", False),
    Entry("job", "The opening", "To find people for it", _TEAM, "Not a candidate's", False),
    Entry("competency", "What a job's interview looks for", "To judge by it", _TEAM, "Not a candidate's", False),
    Entry("plan_version", "Which questions a job asks", "To ask them", _TEAM, "Not a candidate's", False),
    Entry("material", "Texts about jobs and the employer", "To answer candidates", _TEAM, "Not a candidate's", False),
    Entry("replay", "How often the judge agreed with people", "To improve it", _TEAM, "Counts only", False),
    Entry("pool_view", "Saved searches and filters of a pool", "To find them again", _TEAM, _VIEW, False),
    Entry(
        "pool_habit",
        "Columns and first view of a colleague",
        "To open as she left it",
        "Nobody",
        "Not a candidate's",
        False,
    ),
    Entry("host_hours", "When colleagues can be met", "To offer times", _TEAM, "Not a candidate's", False),
    Entry("team_invite", "Invitations of colleagues", "To let them in", _TEAM, "Not a candidate's", False),
    Entry("second_factor", "A colleague's second factor", "To sign in", "Nobody", "Not a candidate's", False),
    Entry("sign_in_session", "Where colleagues are signed in", "To sign out", _TEAM, "Not a candidate's", False),
    Entry("api_token", "Digests of the keys of other systems", "To let them in", _TEAM, "Not a candidate's", False),
    Entry(
        "api_request", "Ids that a repeated request came to", "To do it once", "Nobody", "After a day: ids only", False
    ),
    Entry("webhook", "Where other systems are told what happens", "To tell them", _TEAM, "Not a candidate's", False),
    Entry(
        "webhook_delivery", "What they were told, by ids", "To tell them once", _TEAM, "After 30 days: ids only", False
    ),
    Entry("integration", "Whether outside services answer", "To show it", _TEAM, "Not a candidate's", False),
)

BLOBS: tuple[Entry, ...] = (
    Entry("resumes/", "Résumé files and profiles as they came", "To show the original", _TEAM, _WITH),
    Entry("pictures/", "Pictures of a résumé's pages", "To show the original", _TEAM, _WITH),
    Entry("recordings/", "Sound and picture, whole and in pieces", "To check what was said", _OWN, _WITH),
    Entry(
        "exports/", "The candidate's data as one ZIP", "The right of access", _OWN, "After a day; with the candidate"
    ),
    Entry("materials/", "Files about jobs and the employer", "To answer candidates", _TEAM, "Not a candidate's", False),
    Entry("previews/", "Questions spoken to recruiters", "To try a voice", _TEAM, "Not a candidate's", False),
)
"""Stored files, by how their keys begin."""

ELSEWHERE: tuple[Entry, ...] = (
    Entry("vectors", "Numbers that stand for a résumé's text", "To compare it with a job", "Nobody", _WITH),
    Entry("sessions", "That more time was asked for", "To wait longer", "Nobody", _WITH),
    Entry("live folder", "Recordings while they are made", "To survive a lost connection", "Nobody", _WITH),
    Entry("open pages", "What a tab shows, for an hour", "To go on after a reload", "Who has the tab open", _WITH),
    Entry("memory", "Indexes and answers of GitHub", "To be quick", "Nobody", "With the candidate; at every restart"),
    Entry(
        "verdicts.db", "Digests of answers, places of quotes", "Not to judge twice", "Nobody", "No words: stays", False
    ),
    Entry("erased.jsonl", "Ids of deleted people", "To delete again after a restore", "Operators", "Ids only", False),
    Entry("logs", "Ids and errors", "To find faults", "Operators", "No names, no words", False),
    Entry("backups", "Copies of all this", "To survive a loss", "Operators", "When they are replaced; see below"),
)


def personal() -> tuple[Entry, ...]:
    """Every place with something of a candidate, tables first."""
    return tuple(entry for entry in (*TABLES, *BLOBS, *ELSEWHERE) if entry.personal)
