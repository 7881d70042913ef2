"""Templates: rendered, checked, and stopped when they would never end (issue: bad input)."""

import time

import pytest

from leadfarm.outreach.codes import SourceKind
from leadfarm.outreach.rendering import TemplateFault, Wording, compile_body, faults_of
from leadfarm.outreach.rendering.facts import EXAMPLE

FOOTER = '\n\n<p>{{ postal_address }} <a href="{{ unsubscribe_url }}">Unsubscribe</a></p>'
MJML = """<mjml><mj-body><mj-section><mj-column>
<mj-text>Good day {{ contact.given_name }}</mj-text>
<mj-button href="https://norrvik.example/case?a=1&amp;b=2">Read</mj-button>
<mj-text>{{ postal_address }} <a href="{{ unsubscribe_url }}">Unsubscribe</a></mj-text>
</mj-column></mj-section></mj-body></mjml>"""
ENDLESS = {
    "a loop": "\n{% for i in (1..1000000000) %}x{% endfor %}",
    "loops in loops": "\n{% for i in (1..99) %}{% for j in (1..99) %}x{% endfor %}{% endfor %}",
    "doubling": "\n{% assign a = 'xxxxxxxxxx' %}" + "{% assign a = a | append: a %}" * 40,
    "doubling by capture": "\n{% assign a = 'xxxxxxxx' %}{% for i in (1..400) %}"
    "{% capture a %}{{ a }}{{ a }}{% endcapture %}{% endfor %}",
    "replacing": "\n{% assign a = 'xxxxxxxxxx' | replace: '', 'yyyyyyyyyyyyyyyyyyyy' %}"
    + "{% assign a = a | replace: '', a %}" * 9,
    "joining a range": "\n{{ (1..1000000000) | join: ',' }}",
    "splitting": "\n{% assign a = 'xxxxxxxxxx' %}"
    + "{% assign a = a | append: a %}" * 11
    + "{% assign b = a | split: '' %}",
    "a large number": "\n{% assign n = 99999 %}" + "{% assign n = n | times: n %}" * 30,
    "much work": "\n{% assign a = 'xxxxxxxxxx' %}"
    + "{% assign a = a | append: a %}" * 10
    + "{% for i in (1..500) %}"
    + "{% assign b = a | upcase | downcase | replace: 'x', 'y' | reverse %}" * 9
    + "{% endfor %}",
}


@pytest.mark.parametrize("name", ENDLESS)
def test_a_template_that_never_ends_is_stopped_and_its_line_named(name: str) -> None:
    began = time.process_time()
    faults = faults_of(SourceKind.RICH, "Hello", ENDLESS[name] + FOOTER)
    assert time.process_time() - began < 3
    assert any("it would not end" in str(fault) for fault in faults), faults
    assert any(fault.line == 2 for fault in faults), faults


def test_a_running_template_names_itself_and_the_line() -> None:
    body = "Dear {{ contact.name }}\n{{ contact.name | append: contact.name }}" + FOOTER
    compiled = compile_body(SourceKind.RICH, body)
    wording = Wording("First case", "Hello", compiled.html, compiled.text, body)
    facts = {**EXAMPLE, "contact": {"name": "x" * 15_000}}
    with pytest.raises(TemplateFault, match=r"Template First case: Body, line 2: it would not end"):
        wording.render(facts)


def test_all_faults_are_listed_at_once() -> None:
    body = "<p>{{ contact.shoe_size }} <a href='/prices'>Prices</a></p>"
    said = " ".join(str(f) for f in faults_of(SourceKind.RICH, "{{ cow }}", body))
    for what in ("Subject: {{ cow }}", "shoe_size", "unsubscribe", "postal address", "/prices"):
        assert what in said
    assert "line 2" in str(faults_of(SourceKind.RICH, "x", "a\n{{ contact.name | }}" + FOOTER)[0])
    broken = "<mjml><mj-body>\n<mj-tex>x</mj-tex></mj-body></mjml>"
    assert "<mj-tex>" in str(faults_of(SourceKind.MJML, "x", broken))
    assert "MJML cannot be read" in str(faults_of(SourceKind.MJML, "x", "<mjml><mj-body>"))
    secret = '<mjml><mj-body><mj-include path="/etc/passwd"/></mj-body></mjml>'
    assert "MJML cannot be read" in str(faults_of(SourceKind.MJML, "x", secret))


def test_mjml_becomes_html_and_text_with_numbered_links() -> None:
    assert faults_of(SourceKind.MJML, "Case", MJML) == []
    compiled = compile_body(SourceKind.MJML, MJML)
    assert compiled.links == {0: "", 1: "https://norrvik.example/case?a=1&b=2"}
    facts = {**EXAMPLE, "link_0": "https://h/c/0", "link_1": "https://h/c/1"}
    mail = Wording("Case", "For {{ contact.name }}", compiled.html, compiled.text).render(facts)
    assert mail.subject == "For Vera Lind"
    assert 'href="https://h/c/1"' in mail.html
    assert "Good day Vera" in mail.html
    assert "Read (https://h/c/1)" in mail.text
    assert "https://h/c/0" in mail.html
    assert "https://h/c/0" not in mail.text


def test_names_and_html_in_them_are_shown_not_obeyed() -> None:
    body = "Dear {{ contact.name }},\nsee https://a.example/x.\n\n<script>" + FOOTER
    compiled = compile_body(SourceKind.RICH, body)
    assert "<script" not in compiled.html
    facts = {**EXAMPLE, "contact": {"name": "<b>Bo\r\nBcc: all@x.example</b>"}}
    mail = Wording("T", "Hi {{ contact.name }}", compiled.html, compiled.text).render(facts)
    assert "<b>Bo" not in mail.html
    assert "\n" not in mail.subject


def test_plain_words_become_paragraphs_and_links() -> None:
    body = "Dear {{ contact.name }},\n\nread https://a.example/x?y=1. {{ unsubscribe_url }}"
    compiled = compile_body(SourceKind.RICH, body)
    assert compiled.html.count("<p>") == 2
    assert compiled.links[1] == "https://a.example/x?y=1"
