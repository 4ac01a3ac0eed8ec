"""The residencies of the story that are running."""

from __future__ import annotations

from typing import Final

from programmes.demo.cast import (
    EASTMERE_MANAGER,
    LARKMOOR_MANAGER,
    MANAGER,
    RESEARCHER,
    SALTMARSH_MANAGER,
    Actor,
)
from programmes.demo.plot import ProjectStory, Story, UseStory

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

UNDER_WAY: Final = (
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
        group="Priya Nair, Gareth Boyle, Professor Idris Vaughan, Maureen Tilley",
        public_partners=1,
        sponsor="Dr Hazel Quinn, chief nurse",
        navigator="Sister Bea Lowther, acute frailty unit",
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
        group="Dele Okonjo, Dr Kofi Mensah, the clinical lead for talking therapies",
        public_partners=0,
        sponsor="Medical director",
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
        group="Fiona Craig, Dr Owen Pritchard, two practice managers, two carers",
        public_partners=2,
        sponsor="Director of strategy",
        sponsor_left=-52,
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
)
