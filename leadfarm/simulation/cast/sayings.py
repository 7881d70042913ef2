"""What people say on the phone and in mails: by situation, in their own words."""

HELP_NOW = (
    "If another drive on the {machine} goes, I cannot get spares before {season}. We have to act.",
    "The board released {budget} for the {machine}. I need two offers on my desk by {month}.",
    "We lost a full shift on Tuesday. My plant manager asked me this morning what it would cost.",
    "Our insurer wants the old soft starters out by {month}. Can you do it over a weekend?",
    "I have the drawings here. Can one of your engineers look at the {machine} next week?",
    "The new line comes in {month}, and the {machine} is too slow for it. That is my problem.",
)
NOT_NOW = (
    "We are only looking. The budget round is in October.",
    "Interesting, but we have just bought a palletiser. Ask me again in spring.",
    "The {machine} has run since 1998 and it will run until {season}. Then we talk.",
    "My boss wants to see what two weeks of standstill cost him first.",
    "I have three projects on my desk and this is the fourth.",
    "We have a service contract until the end of the year. After that I am free to choose.",
    "Send me something I can read on the train. I do not decide this alone.",
)
NOT_INTERESTED = (
    "I only wanted the calculation sheet. We do all this in-house.",
    "We sold the plant in March. There is nothing left to drive.",
    "Please understand, we have a group contract with another maker.",
)
STUDENT = (
    "I am writing my thesis about regenerative drives. Could you send me measured data?",
    "It is for a seminar paper. I do not work for a company yet.",
)
COMPETITOR = (
    "I just wanted to see how you describe the retrofit. We are in the same trade.",
    "You will have guessed it: we build drives ourselves.",
)
TOO_SMALL = (
    "We are six people with one saw. A new drive costs more than the saw.",
    "I have one motor of 2 kW. That is not worth a journey for you.",
)
OPPORTUNITY = (
    "The offer is good. Purchasing wants a second one, that is the rule here.",
    "Our electrician likes it that the cabinets stay. He was the hardest to convince.",
    "I presented it on Thursday. One question came: what happens if it stops at night?",
    "The standstill is fixed for week 12. If you cannot make that, it has no sense.",
    "The price is above what I had in the plan. Show me what it saves in a year.",
)
WON = (
    "You were the only ones who came and measured before you wrote an offer.",
    "Signed today. Please be here on the Friday, not on the Monday.",
    "It was the fixed date that decided it, not the price.",
)
LOST = (
    "They were eight percent cheaper and the group has a contract with them.",
    "The investment was stopped. It has nothing to do with you.",
    "We will repair it once more. I was against it.",
)
PAIN = (
    "Spares for the {machine} take until {season}; two stops of more than a shift this year",
    "The {machine} trips in hot weather; the night shift resets it by hand",
    "The {machine} runs at full speed all the time, throttled by a valve",
    "Nobody in the plant can read the old control of the {machine} any more",
    "Every change of product on the {machine} takes 50 minutes",
)
EVENT = (
    "New line arrives in {month} and needs the {machine} at full speed",
    "Audit of the insurer in {month}: old soft starters are on the list",
    "The electrician who knew the {machine} retires in {month}",
    "Energy price contract ends in {month}",
    "Two stops in August made the local paper",
)
HOT_BUTTON = (
    "No new cabinets: the room is full",
    "Work over a weekend only, never during the week",
    "Wants one name to call at night",
    "Does not want to depend on one maker again",
    "Must see it running at another plant first",
)
PROFILE = (
    "Family-owned, third generation; one plant, two shifts",
    "Four lines, three shifts; {count} drives, most from before 2002",
    "Part of a group since 2021; investments above 100,000 are released abroad",
    "One electrician for the whole plant",
)
PEOPLE = (
    "{name} signs above 150,000",
    "{name}, controls, has to agree on the technical side",
    "Decides together with {name} from production",
)
RIVALS = (
    "{rival} has made an offer",
    "Existing drives are from {rival}; unhappy with the service",
    "Purchasing also asks {rival}",
)
MAIL_QUESTIONS = (
    "Is the cabinet reused or does it have to be new? And can your people work over a weekend?",
    "Do you have a reference in our trade that we may visit?",
    "How long does the line stand still for 38 drives?",
    "Can you send the data sheet with the harmonics? Our network operator asks for it.",
)
FORM_WORDS = (
    "Please send the retrofit guide. We run 24 older DC drives on the {machine}.",
    "We want to know what a new drive for the {machine} costs, roughly.",
    "Could somebody call me about the {machine}? Mornings are best.",
    "Looking for somebody who can replace the drives of our {machine} during the summer stop.",
)
PINNED = (
    "Call after 9:30, never during shift change (14:00).",
    "Speaks English, prefers German for prices.",
    "Do not mention the offer of 2024: it went badly. Start from today.",
    "Reach her on the mobile; the desk phone rings in an empty office.",
    "Visits only with safety shoes and a training of 20 minutes: come early.",
)
COMMENTS = (
    ("marketing", "They read the price guide twice this week. Worth a word before Friday?"),
    ("sales", "Good lead. The brief had everything, I could start with the standstill weeks."),
    ("pd", "Budget is confirmed, the buyer is not. I will ask who signs when we speak on Monday."),
    ("sales", "Third one from this source without a project. Can we ask about timing first?"),
    (
        "marketing",
        "Understood. I have put the question about the year of the drives into the form.",
    ),
    ("pd", "She moved to another plant of the group. I have asked for her successor."),
    ("sales", "Met him at the fair, he remembers our call. Please keep him on the case studies."),
    (
        "marketing",
        "They asked to be in the webinar about cooling pumps. I will tell you if they come.",
    ),
)
