"""Languages with their levels, certificates, and several addresses."""

from interview_platform.services.resumes import read_facts


def spoken(text):
    return [(language.text, language.level) for language in read_facts(text).languages]


def test_languages_of_a_section_have_their_levels():
    text = "Languages\nEnglish (Native or Bilingual)\nSpanish – B2\nWelsh\n"
    assert spoken(text) == [("English", "Native or Bilingual"), ("Spanish", "B2"), ("Welsh", "")]


def test_languages_are_read_from_a_labelled_line_and_from_a_sentence():
    assert spoken("Skills\nLanguages: French (fluent), German (basic)\n") == [("French", "fluent"), ("German", "basic")]
    assert spoken("Summary\nFluent in Spanish and able to lead.\n") == [("Spanish", "Fluent")]


def test_a_cuisine_or_a_subject_is_no_language_spoken():
    assert spoken("Experience\nCook, Mill Ltd\t2018 - 2020\nCooked French cuisine and Italian food.\n") == []


def test_certificates_are_listed_once_and_wrapped_lines_are_one():
    text = (
        "Summary\nCertified Public Accountant\n\nCertifications\nCertified Public Accountant\n"
        "Advanced Cardiovascular Life Support for experienced providers in\nhospitals\n"
    )
    assert [fact.text for fact in read_facts(text).certifications] == [
        "Certified Public Accountant",
        "Advanced Cardiovascular Life Support for experienced providers in hospitals",
    ]


def test_a_course_taken_at_school_is_no_certificate():
    assert read_facts("Coursework\nMachine Learning\nCompilers\n").certifications == ()


def test_several_addresses_are_kept_but_not_those_of_referees():
    text = (
        "Ann Lee\nann@example.com | ann.lee@mill.example | +44 20 7946 0018 | (0113) 496 0018\n\nSkills\nExcel\n\n"
        "References\nBo Ek\nbo@example.com\n+44 20 7946 0999\n"
    )
    facts = read_facts(text)
    assert facts.emails == ("ann@example.com", "ann.lee@mill.example")
    assert facts.phones == ("+44 20 7946 0018", "(0113) 496 0018")


def test_addresses_behind_words_are_links_too():
    facts = read_facts(
        "Ann Lee\nann@example.com | GitHub\n", links=("https://github.com/annlee", "mailto:ann@example.com")
    )
    assert facts.links == ("github.com/annlee",)


def test_facts_of_older_rows_are_still_read():
    from interview_platform.services.resumes import ResumeFacts

    older = {
        "name": "Ann Lee",
        "email": "ann@example.com",
        "phone": "",
        "pages": 1,
        "links": [],
        "warnings": [],
        "skills": [{"name": "Excel", "sentence": "Excel", "start": 0, "end": 5}],
        "experience": [
            {"title": "Cook", "company": "Mill", "start": "2018", "end": "2020", "text": "Cook", "span": [0, 4]}
        ],
        "education": [{"school": "Drew", "degree": "BA", "start": "", "end": "2016", "span": [0, 4]}],
    }
    facts = ResumeFacts.from_json(older, "Excel")
    assert (facts.emails, facts.phones, facts.skills[0].page) == (("ann@example.com",), (), 1)
    assert (facts.experience[0].months, facts.education[0].field, facts.source_kind) == (0, "", "resume")


def test_a_language_of_no_list_counts_where_its_level_stands_behind_it():
    text = "Languages\nEnglish (native), Twi (fluent)\nReading (advanced users)\n"
    assert spoken(text)[:2] == [("English", "native"), ("Twi", "fluent")]


def test_a_row_of_a_table_whose_first_cell_is_a_heading_opens_its_section():
    text = "Certifications\nFirst Aid Certificate\nLanguages\tFrench (native), English (fluent)\n"
    facts = read_facts(text)
    assert [language.text for language in facts.languages] == ["French", "English"]
    assert [fact.text for fact in facts.certifications] == ["First Aid Certificate"]


def test_memberships_and_registrations_are_certificates_and_contact_lines_are_not():
    text = "Professional Memberships\nChartered MCIPD\nann@example.com +44 20 7946 0018\n"
    assert [fact.text for fact in read_facts(text).certifications] == ["Chartered MCIPD"]
