"""The rounds at which a report shows what it is worth: too few, too many, too long, nothing at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sheets_pipeline.model.round_results import RoundResults
from sheets_pipeline.reports.build import build
from sheets_pipeline.reports.document import Document
from tests.reports.rounds import NAMES, Wish, a_round, fallen, unmoved

NAME_LENGTH = 40
TEXT_LENGTH = 3000
SENTENCES = (
    "Nämnden beslutade i mars att all statistik om individer ska delas upp på kvinnor och män när den redovisas. ",
    "Förvaltningen gick igenom tjugofyra underlag och fann att sju av dem saknade könsuppdelade uppgifter. ",
    "Cheferna följer upp frågan i sina månadsbrev, och samordnaren har avsatt en dag i veckan för arbetet. ",
    "Det som återstår är att skriva in konsekvenserna för flickor och pojkar i mallen för tjänsteskrivelser. ",
    "Skolskjutsarna visade sig vara svårast, eftersom uppgifterna finns hos tre olika entreprenörer. ",
)


@dataclass(frozen=True)
class Extreme:
    """A round, the language its report is read in, and whether it is the one page for the council."""

    wish: Wish
    language: str = "sv"
    brief: bool = False

    def results(self) -> RoundResults:
        """The round without those that share nothing: they are not named."""
        made = a_round(self.wish)
        return replace(made, organisations=tuple(one for one in made.organisations if one.scores_shown))

    def document(self) -> Document:
        return build(self.results(), self.language, brief=self.brief)


def long_name(n: int) -> str:
    """A name of exactly 40 characters; every third of them is one word, which can only break anywhere."""
    first, second = NAMES[n % len(NAMES)], NAMES[(n + 7) % len(NAMES)].lower()
    if n % 3 == 0:
        whole = f"{first}{second}kommunalförbundsnämnden"
        return (whole + "s" * NAME_LENGTH)[:NAME_LENGTH]
    return f"{first} och {second}s gemensamma förbundsområde"[:NAME_LENGTH].strip().ljust(NAME_LENGTH, "s")


def long_text() -> str:
    """3,000 characters in sentences and paragraphs, with one long word and one long address."""
    odd = (
        "Se samhällsbyggnadsförvaltningschefsrekryteringsunderlaget och https://exempel.example/" + "sida/" * 24 + ". "
    )
    told = odd + "".join(SENTENCES[n % len(SENTENCES)] + ("\n\n" if n % 6 == 5 else "") for n in range(60))
    return told[:TEXT_LENGTH]


SMALL: Mapping[str, Extreme] = {
    "one": Extreme(Wish(count=1)),
    "suppressed": Extreme(Wish(hidden=12, audience="public")),
    "one-page": Extreme(Wish(name=long_name), brief=True),
}
MIDDLING: Mapping[str, Extreme] = {
    "three": Extreme(Wish(count=3)),
    "english": Extreme(Wish(), "en"),
    "unmoved": Extreme(Wish(move=unmoved)),
    "fallen": Extreme(Wish(move=fallen)),
    "one-point": Extreme(Wish(lacking=1)),
    "long-names": Extreme(Wish(name=long_name)),
    "long-text": Extreme(Wish(remark=long_text())),
}
LARGE: Mapping[str, Extreme] = {"sixty": Extreme(Wish(count=60))}
LARGEST: Mapping[str, Extreme] = {"three-hundred": Extreme(Wish(count=300))}
EXTREMES: Mapping[str, Extreme] = {**SMALL, **MIDDLING, **LARGE, **LARGEST}
