"""The stream "Stories for a long decision": twelve pieces that help to prepare.

Long cycle and Recycled both take from it; whoever has had a piece from one never gets it again.
"""

from leadfarm.rules.programs.ready_made.parts import Wording

STREAM = "Stories for a long decision"
STORIES = tuple(
    Wording(f"Story {number}: {name}", subject, f"story_{number:02}")
    for number, (name, subject) in enumerate(
        (
            ("what waiting costs", "What does another year of waiting cost?"),
            ("who has to agree", "Who has to agree, and what each of them asks"),
            ("the one-page case", "The case on one page"),
            ("starting small", "The smallest start that still proves something"),
            ("comparing offers", "How to compare offers that look nothing alike"),
            ("the budget round", "What to hand in for the next budget"),
            ("talking to users", "The people who will work with it"),
            ("what goes wrong", "Five things that go wrong, and when you can see them"),
            ("visiting others", "What to ask on a reference visit"),
            ("total cost", "What it costs over ten years"),
            ("the contract", "Six sentences to look for in a contract"),
            ("the first ninety days", "The first ninety days after the order"),
        ),
        1,
    )
)
