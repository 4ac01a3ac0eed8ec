"""What happens in the pretend programme, as plain facts: which residencies, how far, and what came of them.

Days are counted from the day of telling: -600 is twenty months ago, 40 is in six weeks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from programmes.demo.cast import (
    EASTMERE_MANAGER,
    HARTBRIDGE_MANAGER,
    LARKMOOR_MANAGER,
    MANAGER,
    RESEARCHER,
    SALTMARSH_MANAGER,
    Actor,
)

THEMES: Final = ("Ageing well", "Mental health", "Starting well", "Care closer to home")
TOPICS: Final = ("Falls", "Discharge", "Waiting", "Self-harm", "Healthy weight", "Frailty", "Workforce")


@dataclass(frozen=True)
class ProjectStory:
    title: str
    question: str
    classification: str
    stage: str
    started: int
    partners: tuple[tuple[str, str], ...] = ()
    contributions: tuple[tuple[str, str, str, str, int, str], ...] = ()
    """Each: partner, stage, mode, what they did or said, day, what changed."""


@dataclass(frozen=True)
class UseStory:
    what: str
    decision: str
    decided_by: str
    day: int
    written: str = ""
    outcome: str = "used"
    confirmed_by: str = ""
    project: str = ""


@dataclass(frozen=True)
class Story:
    """One residency. `goes_to` is how far it gets; `stands` says how each access item stands by its kind:
    "missing", "asked", or the days until it runs out (None: in place for good)."""

    title: str
    host: str
    theme: str
    manager: Actor
    goes_to: str
    registered: int
    start: int
    end: int
    home: str = "DEMO-WRENFORD"
    site: str = ""
    problem: str = ""
    decision: str = ""
    decision_by: int = 0
    difference: str = ""
    how_known: str = ""
    fairer_for: str = ""
    topics: tuple[str, ...] = ()
    researcher: Actor | None = None
    days_a_week: str = "3"
    money: str = ""
    why: str = ""
    conditions: tuple[tuple[str, str, int, bool], ...] = ()
    stands: tuple[tuple[str, str | int | None], ...] = ()
    projects: tuple[ProjectStory, ...] = ()
    uses: tuple[UseStory, ...] = ()
    logs_until: int = 0
    rhythm: str = "steady"
    adopted: bool = False


_FALLS = ProjectStory(
    "Going home after a fall",
    "What happens to people in the two weeks after they go home, and what would have helped?",
    "service_evaluation_improvement",
    "interpret",
    -480,
    (("Maureen Tilley", "carer"), ("Wendingham Over Sixties", "community_group")),
    (
        (
            "Maureen Tilley",
            "design",
            "collaborated",
            "Asked that we start with the ride home, not with the ward",
            -455,
            "The interviews begin with the journey home",
        ),
        (
            "Wendingham Over Sixties",
            "collect",
            "co_led",
            "Three members held six of the conversations",
            -330,
            "People spoke about money, which nobody had told us",
        ),
        (
            "Maureen Tilley",
            "interpret",
            "collaborated",
            "Read the first findings and said that the leaflet was not the problem",
            -120,
            "The leaflet was dropped and the telephone call kept",
        ),
    ),
)
_BEDS = ProjectStory(
    "How long do people wait for a ward bed?",
    "Where does the time go between the decision to admit and the bed?",
    "clinical_audit",
    "share",
    -300,
    (("Site management team", "service_manager"),),
)
_NIGHT = ProjectStory(
    "Calls at night", "Who rings after ten, and what happens next?", "not_yet_classified", "design", -48
)

STORIES: Final = (
    Story(
        "Falls: what happens after people go home",
        "DEMO-WENDING",
        "Ageing well",
        MANAGER,
        "active",
        -720,
        -600,
        150,
        site="Wendingham General Hospital",
        problem="One in four people aged over 75 who come in after a fall is back within a month. We count them and "
        "do not know why.",
        decision="Whether to keep paying for the falls team at weekends",
        decision_by=60,
        difference="Fewer people come back within a month, and staff can say what helped.",
        how_known="The readmission figures, and what people say two weeks after going home.",
        fairer_for="People who live alone, and people in the villages without a bus. We are likely to miss people who "
        "do not speak English.",
        topics=("Falls", "Discharge"),
        researcher=RESEARCHER,
        money="Research capability funding, held by the trust",
        conditions=(
            ("A public contributor joins the group that guides it", "Priya Nair", -560, True),
            ("The agreement covers publication and data", "Gareth Boyle", -575, True),
        ),
        stands=(
            ("letter_of_access", 34),
            ("research_passport", 400),
            ("information_governance_training", 120),
            ("it_account", None),
            ("badge", None),
            ("local_induction", None),
        ),
        projects=(_FALLS, _BEDS, _NIGHT),
        uses=(
            UseStory(
                "First findings: what people say about the ride home",
                "Pay for a volunteer driver on Saturdays",
                "Discharge improvement group",
                -210,
                "Notes of the group, item 3",
                confirmed_by="Priya Nair",
                project="Going home after a fall",
            ),
            UseStory(
                "Briefing on telephone calls after discharge",
                "Ring everybody over 75 within two days of going home",
                "Operational management board",
                -64,
                "Board minutes, item 7",
                confirmed_by="Site director",
                project="Going home after a fall",
            ),
            UseStory(
                "Audit of waits for a ward bed",
                "Open a discharge lounge in the mornings",
                "Chief operating officer",
                -32,
                "",
                outcome="considered_not_used",
                project="How long do people wait for a ward bed?",
            ),
        ),
    ),
    Story(
        "Waiting well: people on the list for talking therapies",
        "DEMO-LARKMOOR",
        "Mental health",
        LARKMOOR_MANAGER,
        "active",
        -470,
        -400,
        330,
        home="DEMO-CALDERSEA",
        problem="People wait about five months. Some get worse and we do not hear of it until they are in crisis.",
        decision="Which of three kinds of contact to offer while people wait",
        decision_by=110,
        difference="Everybody on the list hears from us at least once a month.",
        how_known="A count of contacts, and thirty conversations with people who waited.",
        fairer_for="Young men, who drop off the list most often.",
        topics=("Waiting",),
        researcher=Actor("Dr Kofi Mensah", "kofi.mensah@caldersea.example", "Research fellow"),
        money="Trust funds, confirmed",
        stands=(
            ("letter_of_access", 210),
            ("research_passport", 210),
            ("information_governance_training", -9),
            ("it_account", None),
            ("badge", None),
            ("local_induction", None),
        ),
        projects=(
            ProjectStory(
                "Three ways to stay in touch",
                "Do letters, calls or a group keep people well while they wait?",
                "research",
                "collect",
                -350,
                (
                    ("Larkmoor Recovery Network", "vcse_organisation"),
                    ("Jay Whitlock", "patient_or_service_user"),
                ),
                (
                    (
                        "Jay Whitlock",
                        "prioritise",
                        "consulted",
                        "Said that a letter from a stranger is worse than none",
                        -340,
                        "Every letter is now signed by a named person",
                    ),
                ),
            ),
        ),
        uses=(
            UseStory(
                "Count of people who left the list without being seen",
                "Review the list every month instead of every quarter",
                "Clinical lead for talking therapies",
                -90,
                "Service plan, page 4",
                confirmed_by="Dele Okonjo",
                project="Three ways to stay in touch",
            ),
        ),
    ),
    Story(
        "Healthy weight in Saltmarsh schools",
        "DEMO-SALTMARSH",
        "Starting well",
        SALTMARSH_MANAGER,
        "active",
        -30,
        -260,
        480,
        researcher=Actor(
            "Dr Marta Lindqvist", "marta.lindqvist@wrenford.example", "Senior research associate"
        ),
        home="DEMO-WRENFORD",
        adopted=True,
        logs_until=-38,
        projects=(
            ProjectStory(
                "What families say about school food",
                "What do families want, and what gets in the way?",
                "research",
                "design",
                -150,
                (("Saltmarsh Parents Together", "community_group"),),
            ),
        ),
    ),
    Story(
        "One front door for frailty",
        "DEMO-EASTMERE",
        "Ageing well",
        EASTMERE_MANAGER,
        "active",
        -330,
        -240,
        80,
        days_a_week="2",
        problem="Five services see the same people, each with a form of its own.",
        decision="Whether the five services become one team",
        decision_by=45,
        difference="One assessment that all five use.",
        how_known="The number of forms, and what people over 80 tell us.",
        topics=("Frailty",),
        researcher=Actor(
            "Dr Owen Pritchard", "owen.pritchard@caldersea.example", "Lecturer in social policy"
        ),
        home="DEMO-CALDERSEA",
        money="Integrated care board",
        stands=(
            ("letter_of_access", 90),
            ("research_passport", 90),
            ("information_governance_training", 200),
            ("it_account", None),
            ("badge", "missing"),
            ("local_induction", None),
        ),
        projects=(
            ProjectStory(
                "Five forms",
                "What is asked five times, and who needs it?",
                "service_evaluation_improvement",
                "analyse",
                -200,
                (("Eastmere Carers", "vcse_organisation"),),
            ),
        ),
        rhythm="early",
    ),
    Story(
        "Young people who self-harm: the first hour",
        "DEMO-WENDING",
        "Mental health",
        MANAGER,
        "onboarding",
        -120,
        6,
        730,
        site="Wendingham General Hospital, emergency department",
        problem="Young people wait in a corridor for the first hour and some leave before they are seen.",
        decision="How the first hour is staffed from next winter",
        decision_by=300,
        difference="Nobody under 18 waits alone.",
        how_known="The times in the record, and what young people say.",
        fairer_for="Young people in care.",
        topics=("Self-harm",),
        researcher=Actor("Dr Leila Haddad", "leila.haddad@wrenford.example", "Research associate"),
        money="NIHR Research Capability Funding, confirmed",
        conditions=(("Safeguarding training before the first day", "Priya Nair", -2, False),),
        stands=(
            ("research_passport", 700),
            ("letter_of_access", "asked"),
            ("information_governance_training", 300),
            ("it_account", "asked"),
            ("badge", "missing"),
            ("local_induction", "missing"),
        ),
    ),
    Story(
        "Keeping new nurses: the first two years",
        "DEMO-HARTBRIDGE",
        "Care closer to home",
        HARTBRIDGE_MANAGER,
        "recruiting",
        -95,
        70,
        800,
        problem="A third of newly qualified nurses leave within two years.",
        decision="What to change in the first-year programme",
        decision_by=240,
        difference="People can say why they stay.",
        how_known="Leavers' figures, and conversations with those who stayed.",
        topics=("Workforce",),
        money="Trust funds",
    ),
    Story(
        "Virtual wards: who is left out?",
        "DEMO-HARTBRIDGE",
        "Care closer to home",
        HARTBRIDGE_MANAGER,
        "approved",
        -60,
        110,
        840,
        home="DEMO-CALDERSEA",
        problem="Half of those offered a virtual ward say no, and we have never asked them why.",
        decision="Whether to double the number of places",
        decision_by=330,
        difference="We know who says no and why.",
        how_known="Figures of offers, and twenty conversations.",
        fairer_for="People without a smartphone, and people who care for somebody else.",
        topics=("Discharge",),
        money="Integrated care board",
        conditions=(
            ("The budget names who holds the money", "Nadia Rahman", 21, False),
            ("A public contributor has a say in the plan", "Nadia Rahman", 45, False),
        ),
    ),
    Story(
        "Repeat prescriptions that nobody collects",
        "DEMO-EASTMERE",
        "Care closer to home",
        EASTMERE_MANAGER,
        "scoping",
        -12,
        140,
        860,
        problem="About one in twelve repeat prescriptions is made up and never collected.",
        decision="Whether pharmacies ring people before making one up",
        decision_by=200,
        difference="Less is thrown away, and nobody goes without.",
        how_known="Counts from twelve pharmacies.",
        money="Not known yet",
    ),
    Story(
        "Eating and drinking after a stroke",
        "DEMO-WENDING",
        "Ageing well",
        MANAGER,
        "returned",
        -40,
        130,
        700,
        problem="People lose weight on the ward.",
        decision="To be agreed",
        decision_by=150,
        difference="People eat better.",
        how_known="Weight.",
        why="Say which decision this should inform and who makes it. The trust's nutrition group meets in spring and "
        "would be a good place to start.",
    ),
    Story(
        "Better letters to families",
        "DEMO-LARKMOOR",
        "Mental health",
        LARKMOOR_MANAGER,
        "idea",
        -8,
        0,
        0,
    ),
    Story(
        "Dementia on the surgical ward",
        "DEMO-HARTBRIDGE",
        "Ageing well",
        HARTBRIDGE_MANAGER,
        "paused",
        -560,
        -500,
        200,
        problem="People with dementia stay twice as long after the same operation.",
        decision="Whether to keep the two specialist nurses",
        decision_by=120,
        difference="People with dementia go home as soon as others.",
        how_known="Length of stay, and what carers say.",
        researcher=Actor("Dr Sian Bevan", "sian.bevan@wrenford.example", "Research fellow"),
        money="Charity",
        stands=(
            ("letter_of_access", 160),
            ("research_passport", 160),
            ("information_governance_training", 60),
            ("it_account", None),
            ("badge", None),
            ("local_induction", None),
        ),
        projects=(
            ProjectStory(
                "Two nurses, two years",
                "What do the specialist nurses do that others do not?",
                "service_evaluation_improvement",
                "collect",
                -420,
                (("Carers' Voice Hartbridge", "carer"),),
            ),
        ),
        why="The ward has moved to another building until spring.",
        logs_until=-70,
    ),
    Story(
        "Asthma: the missed reviews",
        "DEMO-EASTMERE",
        "Starting well",
        EASTMERE_MANAGER,
        "closing",
        -780,
        -700,
        25,
        problem="Four in ten children with asthma have no yearly review.",
        decision="Whether school nurses hold the reviews",
        decision_by=-60,
        difference="Every child is seen once a year.",
        how_known="The practice figures.",
        researcher=Actor("Dr Yusuf Demir", "yusuf.demir@caldersea.example", "Research fellow"),
        home="DEMO-CALDERSEA",
        money="Integrated care board",
        stands=(
            ("letter_of_access", 40),
            ("research_passport", 40),
            ("information_governance_training", 40),
            ("it_account", None),
            ("badge", None),
            ("local_induction", None),
        ),
        projects=(
            ProjectStory(
                "Reviews at school",
                "Do more children come when the review is at school?",
                "research",
                "use",
                -560,
                (("Breathe Easy Eastmere", "community_group"), ("Two school nurses", "nurse_midwife")),
            ),
        ),
        uses=(
            UseStory(
                "Results of the first year at three schools",
                "Hold reviews in all twelve schools",
                "Children's commissioning group",
                -140,
                "Papers of the group, March",
                confirmed_by="Fiona Craig",
                project="Reviews at school",
            ),
            UseStory(
                "Cost sheet for reviews at school",
                "Move two posts from clinics to schools",
                "Director of commissioning",
                -75,
                "Letter to the providers",
                project="Reviews at school",
            ),
        ),
        rhythm="late",
    ),
    Story(
        "Sepsis alerts that people trust",
        "DEMO-HARTBRIDGE",
        "Care closer to home",
        HARTBRIDGE_MANAGER,
        "ended",
        -760,
        -730,
        -45,
        researcher=Actor("Dr Bea Thornton", "bea.thornton@wrenford.example", "Operational researcher"),
        problem="Staff switch the alert off because it is mostly wrong.",
        decision="Which alert to buy",
        decision_by=-200,
        difference="Staff answer the alert.",
        how_known="The share of alerts answered within ten minutes.",
        money="Trust funds",
        stands=(("letter_of_access", -45), ("research_passport", -45)),
        projects=(
            ProjectStory(
                "Alerts answered",
                "Which alerts are answered, by whom, and how fast?",
                "service_evaluation_improvement",
                "evaluate",
                -600,
                (("Ward managers' group", "nurse_midwife"),),
            ),
        ),
        uses=(
            UseStory(
                "Comparison of two alerts on four wards",
                "Buy the second one",
                "Digital board",
                -220,
                "Board paper 14",
                confirmed_by="Nadia Rahman",
                project="Alerts answered",
            ),
        ),
        logs_until=-45,
    ),
    Story(
        "Robots in the pharmacy",
        "DEMO-SALTMARSH",
        "Care closer to home",
        SALTMARSH_MANAGER,
        "declined",
        -210,
        -60,
        300,
        problem="We would like to know whether robots are quicker.",
        decision="Whether to buy one",
        decision_by=-20,
        difference="Quicker dispensing.",
        how_known="Minutes.",
        why="This is one question with one answer: a commissioned evaluation would be quicker and cheaper than a "
        "residency.",
    ),
)
