"""What a token may do."""

from leadfarm.rules.coded import Code


class Scope(Code):
    """One right of a token: number, label, what it allows."""

    CAPTURE = 1, "Capture leads", "Send leads in, one or many at a time."
    READ = 2, "Read leads", "Read leads, their touches, sources and campaigns."
    FINDINGS = 3, "Add findings", "Add what was learned to the dossier of a lead."

    hint: str
