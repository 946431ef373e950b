"""LinkedIn's data export: what is taken, what is dropped at the door, and archives that mean harm."""

from __future__ import annotations

import io
import json
import struct
import zipfile

import pytest

from interview_platform.adapters import linkedin_export
from interview_platform.adapters.linkedin_export import LinkedInExport
from interview_platform.errors import BadInput
from interview_platform.services.profile_text import write
from interview_platform.services.resumes import ResumeFacts

PRIVATE = ("Adeyemi-Birthname", "14 Private Lane", "May 3, 1990", "LS1 9ZZ", "ICQ:998877", "@mayatweets", "LIC-4711")
EXPORT = {
    "Profile.csv": "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,"
    "Geo Location,Twitter Handles,Websites,Instant Messengers\n"
    'Maya,Okafor,Adeyemi-Birthname,"14 Private Lane, Leeds","May 3, 1990",Backend Engineer,"Builds clinic systems.\n'
    'Likes quiet on-call weeks.",Software,LS1 9ZZ,"Leeds, England, United Kingdom",@mayatweets,'
    '"[PORTFOLIO:https://maya.example,BLOG:https://blog.maya.example/posts]",ICQ:998877\n',
    "Positions.csv": "Company Name,Title,Description,Location,Started On,Finished On\n"
    'Harbour Payments Ltd,Backend Engineer,"Built the ledger in Python, with ""exactly once"" delivery.\n'
    'Ran it on Kubernetes.",Leeds,Mar 2021,\nAcme Health,Engineer,Wrote SQL reports.,York,Jan 2018,Feb 2021\n',
    "Education.csv": "School Name,Start Date,End Date,Notes,Degree Name,Activities\n"
    'Keele University,2014,2017,First class,"BSc, Computer Science",Rowing\n',
    "Skills.csv": "Name\nPython\nPostgreSQL\nBee keeping on roofs\n",
    "Certifications.csv": "Name,Url,Authority,Started On,Finished On,License Number\n"
    "AWS Solutions Architect,https://aws.example/x,Amazon Web Services,Jan 2022,,LIC-4711\n",
    "Languages.csv": "Name,Proficiency\nEnglish,Native or bilingual proficiency\nFrench,Limited working proficiency\n",
    "Email Addresses.csv": "Email Address,Confirmed,Primary,Updated On\n"
    "old@example.com,Yes,No,1/1/20\nMaya.Okafor@example.com,Yes,Yes,1/1/24\n",
    "PhoneNumbers.csv": "Extension,Number,Type\n,+44 113 496 0000,Mobile\n",
    "Connections.csv": 'Notes:\n"When exporting…"\n\nFirst Name,Last Name,Email Address\nSecret,Friend,f@x.com\n',
    "messages.csv": "FROM,CONTENT\nSecret Friend,Hello there\n",
}


def zipped(files: dict[str, str | bytes], folder: str = "", encoding: str = "utf-8-sig") -> bytes:
    """An export as LinkedIn packs it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(folder + name, content.encode(encoding) if isinstance(content, str) else content)
    return held.getvalue()


def read(content: bytes):
    return LinkedInExport(write).read("export.zip", content)


@pytest.mark.parametrize("folder", ["", "Basic_LinkedInDataExport_07-01-2026/", "Complete_LinkedInDataExport/a/"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8"])
def test_the_profile_is_read_wherever_it_lies_in_the_archive(folder, encoding):
    profile = read(zipped(EXPORT, folder, encoding))
    facts = ResumeFacts.from_json(profile.facts, profile.text)
    assert (profile.source, profile.reference) == ("linkedin_export", "export.zip")
    assert (facts.name, facts.headline, facts.email) == ("Maya Okafor", "Backend Engineer", "maya.okafor@example.com")
    assert (facts.phone, facts.location) == ("+44 113 496 0000", "Leeds, England, United Kingdom")
    assert facts.links == ("maya.example", "blog.maya.example/posts")
    assert [(one.title, one.company, one.start, one.end) for one in facts.experience] == [
        ("Backend Engineer", "Harbour Payments Ltd", "Mar 2021", "Present"),
        ("Engineer", "Acme Health", "Jan 2018", "Feb 2021"),
    ]
    assert facts.experience[1].months == 38
    assert [(one.school, one.degree, one.field, one.end) for one in facts.education] == [
        ("Keele University", "BSc", "Computer Science", "2017")
    ]
    assert [one.text for one in facts.certifications] == ["AWS Solutions Architect, Amazon Web Services, Jan 2022"]
    assert [one.text.split(" ")[0] for one in facts.languages] == ["English", "French"]


def test_skills_are_shown_by_what_was_done_before_what_is_listed():
    profile = read(zipped(EXPORT))
    shown = {skill["name"]: skill["sentence"] for skill in profile.facts["skills"]}
    assert shown["Python"] == 'Built the ledger in Python, with "exactly once" delivery.'
    assert "Bee keeping on roofs" in shown["Bee keeping on roofs"]
    for skill in profile.facts["skills"]:
        assert " ".join(profile.text[skill["start"] : skill["end"]].split()) == skill["sentence"]
    for position in profile.facts["experience"]:
        assert profile.text[slice(*position["span"])] == position["text"]


def test_birth_date_address_maiden_name_and_other_people_are_dropped_at_the_door(caplog, capsys):
    profile = read(zipped(EXPORT))
    said = caplog.text + "".join(capsys.readouterr())
    everything = profile.text + json.dumps(profile.facts, ensure_ascii=False) + profile.raw.decode() + said
    for private in (*PRIVATE, "Secret", "Hello there", "1990", "Maiden", "Birth"):
        assert private not in everything


def test_no_error_repeats_what_is_private():
    broken = EXPORT | {"Positions.csv": b"\x00" * 50, "Profile.csv": EXPORT["Profile.csv"].split("\n")[0]}
    with pytest.raises(BadInput) as caught:
        read(zipped({name: broken[name] for name in ("Profile.csv", "Positions.csv")}))
    assert not any(private in str(caught.value) for private in PRIVATE)


def test_a_birth_date_that_the_member_wrote_into_the_summary_is_not_kept():
    content = EXPORT["Profile.csv"].replace("Likes quiet", "Date of birth: 3 May 1990\nLikes quiet")
    profile = read(zipped(EXPORT | {"Profile.csv": content}))
    assert "1990" not in profile.text + profile.raw.decode()
    assert "Likes quiet on-call weeks." in profile.raw.decode()
    assert "Likes quiet on-call weeks." in profile.text


def test_lines_before_the_header_other_encodings_and_missing_tables_are_no_trouble():
    table = 'Notes:\n"Some words of LinkedIn\'s"\n\nFirst Name,Last Name,Headline\nZoë,Müller,Köchin\n'
    only = {"Profile.csv": table.encode("cp1252")}
    assert read(zipped(only)).text == "Zoë Müller\nKöchin"


def test_a_position_without_dates_is_not_called_the_present_one():
    positions = {"Positions.csv": "Company Name,Title,Started On,Finished On\nAcme,Engineer,,\n"}
    assert read(zipped(positions)).facts["experience"][0]["end"] == ""


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "damaged"),
        (b"%PDF-1.7 not a zip", "damaged"),
        (zipped(EXPORT)[:900], "damaged"),
        (zipped({"holiday.jpg": b"x"}), "not LinkedIn's data export"),
        (zipped({"Profile.csv": "First Name,Last Name\n", "Positions.csv": "Title\nCook\n" * 0}), "not LinkedIn's"),
        (zipped({f"{number}.csv": b"" for number in range(linkedin_export.MOST_ENTRIES + 1)}), "far more"),
        (zipped({"Profile.csv": b"a," * 2_000_000}), "unpacks to far more"),
        (zipped({"Profile.csv": b"a\n" * 3_000_000}), "unpacks to far more"),
    ],
)
def test_what_is_no_export_says_so(content, words):
    with pytest.raises(BadInput, match=words) as caught:
        read(content)
    assert "Ask the candidate" in str(caught.value)


def test_a_locked_archive_says_so():
    content = bytearray(zipped(EXPORT))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(signature)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(signature, place + 4)
    with pytest.raises(BadInput, match="password"):
        read(bytes(content))


def test_an_unusual_packing_is_refused_unopened():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("Profile.csv", EXPORT["Profile.csv"])
    with pytest.raises(BadInput, match="packed in a way"):
        read(held.getvalue())


def test_a_size_that_is_a_lie_does_not_unpack_more():
    content = bytearray(zipped({"Profile.csv": b"a," * 5_000_000}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", content, content.find(signature) + offset, 1000)
    with pytest.raises(BadInput):
        read(bytes(content))


def test_names_in_the_archive_never_become_paths(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    profile = read(zipped({"../../Profile.csv": EXPORT["Profile.csv"], "C:\\x\\Skills.csv": EXPORT["Skills.csv"]}))
    assert profile.text.startswith("Maya Okafor")
    assert list(tmp_path.iterdir()) == []


def test_an_archive_in_the_archive_is_not_opened():
    with pytest.raises(BadInput, match="not LinkedIn's data export"):
        read(zipped({"Basic_LinkedInDataExport.zip": zipped(EXPORT), "Profile.csv": zipped(EXPORT)}))
