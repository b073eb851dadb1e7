"""What is said to an English-speaking user? Reading grade 8 or below, held by a test."""

from escalation.translation.cues.kinds import Cause, Meaning, Team
from escalation.translation.wording import Clockwork, Line, Phrases, Together

_TELL = "We will tell you as soon as there is news."
_TRY = "Please try again and tell us if you still see it."

ENGLISH = Phrases(
    lines={
        Meaning.RECEIVED: Line(says="Our technical team has received your case.", next=_TELL),
        Meaning.BEING_WORKED: Line(
            says="Our technical team is working on your problem.",
            next=_TELL,
            also="Our technical team is still working on it.",
        ),
        Meaning.CAUSE_FOUND: Line(
            says="We've found {cause}.",
            next="We will tell you the next step as soon as we know it.",
            also="We've found {cause}.",
        ),
        Meaning.WAITING_FOR_APPROVAL: Line(
            says="The next step needs approval before it can go ahead.",
            next="We will tell you as soon as we have an answer.",
            also="The next step needs approval first.",
        ),
        Meaning.WAITING_FOR_VENDOR: Line(
            says="We are waiting for an outside supplier.",
            next="We will tell you as soon as we hear from them.",
            also="We are also waiting for an outside supplier.",
        ),
        Meaning.WAITING_FOR_USER: Line(
            says="Our technical team is waiting to hear from you.",
            next="Please reply when you can. If you are not sure what is needed, just ask us.",
            also="We also need to hear from you.",
        ),
        Meaning.FIX_IN_PROGRESS: Line(
            says="A fix is on its way.",
            next="We will tell you when it is in place.",
            also="A fix is on its way.",
        ),
        Meaning.FIXED_WATCHING: Line(says="A change has been made that should solve the problem.", next=_TRY),
        Meaning.RESOLVED: Line(says="Our technical team reports that the problem is solved.", next=_TRY),
        Meaning.NOT_FIXED: Line(
            says="Our technical team has closed this case without a fix.",
            next="We will explain why and go through other options with you.",
        ),
        Meaning.NEEDS_ANSWER: Line(
            says="Our technical team needs more details to go on.",
            next="We will check what we have and ask you for anything that is missing.",
            also="We also need some more details.",
        ),
        Meaning.BOUNCED: Line(
            says="We are making sure that your case reaches the right people with all they need.",
            next="We will tell you who takes it on.",
        ),
        Meaning.PAUSED: Line(
            says="Work on your case is on hold for now.", next="We will tell you when it goes on."
        ),
        Meaning.UNCLEAR: Line(
            says="There is an update from our technical team.",
            next="We are checking what it means for you and will tell you.",
        ),
    },
    together={
        (Meaning.CAUSE_FOUND, Meaning.WAITING_FOR_APPROVAL): Together(
            says="We've found {cause}. The next step needs approval first.",
            with_team="We've found {cause} and are working with {team} to deploy a fix. It needs "
            "approval first.",
        ),
        (Meaning.CAUSE_FOUND, Meaning.FIX_IN_PROGRESS): Together(
            says="We've found {cause} and are working on a fix.",
            with_team="We've found {cause} and are working with {team} on a fix.",
        ),
        (Meaning.CAUSE_FOUND, Meaning.WAITING_FOR_VENDOR): Together(
            says="We've found {cause} and are waiting for an outside supplier."
        ),
    },
    causes={
        None: "the cause of the problem",
        Cause.CONFIGURATION: "the configuration causing the problem",
        Cause.CERTIFICATE: "a security certificate that causes the problem",
        Cause.ACCESS: "an access setting that causes the problem",
        Cause.SOFTWARE: "the software fault that causes the problem",
        Cause.NETWORK: "the network fault that causes the problem",
        Cause.HARDWARE: "the device fault that causes the problem",
    },
    teams={
        None: "the right team",
        Team.INFRASTRUCTURE: "our infrastructure team",
        Team.NETWORK: "our network team",
        Team.SECURITY: "our security team",
        Team.DATABASE: "our database team",
    },
    expect_fix="Expected {when}.",
    expect_news="We expect to know more {when}.",
    times=Clockwork(
        within="within {amount}",
        clock="{day} by {time}",
        day="{day}",
        today="today",
        later_today="later today",
        tomorrow="tomorrow",
        date="by {weekday} {number} {month}",
        weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        months=(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ),
        units={
            "minute": ("minute", "minutes"),
            "hour": ("hour", "hours"),
            "day": ("day", "days"),
            "week": ("week", "weeks"),
        },
        numbers=(
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ),
    ),
)
