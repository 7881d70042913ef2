"""What a new template begins with: it has a way out and a postal address already."""

from leadfarm.outreach.codes import SourceKind

RICH = """Dear {{ contact.given_name | default: "reader" }},

write here.

Kind regards
{{ owner.name }}

--
{{ postal_address }}
<a href="{{ unsubscribe_url }}">No more mail, or choose what you get</a>
"""
MJML = """<mjml>
  <mj-body>
    <mj-section>
      <mj-column>
        <mj-text font-size="16px" line-height="24px">
          Dear {{ contact.given_name | default: "reader" }},
        </mj-text>
        <mj-button href="https://">Read the case</mj-button>
        <mj-text font-size="12px" color="#68625b">
          {{ postal_address }}<br />
          <a href="{{ unsubscribe_url }}">No more mail, or choose what you get</a>
        </mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
"""


def starter(kind: SourceKind) -> str:
    """Return the body a new template of this kind begins with."""
    return MJML if kind is SourceKind.MJML else RICH
