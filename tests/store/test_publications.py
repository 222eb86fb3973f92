"""What was published is kept figure by figure, rounds are closed and opened, and the step there can be taken back."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from sheets_pipeline.model.publications import Publication, PublishedFigure, RoundMark
from sheets_pipeline.store.repository import Store
from tests.store.examples import EXEMPELBY, checksum_of, clock, version

NEW = {"publications", "publication_files", "publication_figures", "round_marks"}
MADE = Publication(
    id="p1",
    round="2026",
    kind="report",
    audience="round",
    viewer="",
    about="k1",
    as_of=date(2026, 11, 20),
    at=clock(1),
    who="projektledaren",
    files={"resultat_2026_round.html": checksum_of("html")},
    figures={
        "measure/9901/P01/K01/actual/women": PublishedFigure("..", "3", "", "number"),
        "organisation/9901/items/shift": PublishedFigure("1/2"),
    },
)


def test_a_publication_comes_back_as_it_was_made(store: Store) -> None:
    assert store.publish(MADE)
    assert store.published("2026") == (MADE,)
    assert store.published("2025") == ()


def test_the_same_publication_is_recorded_once(store: Store) -> None:
    assert store.publish(MADE)
    assert not store.publish(replace(MADE, at=clock(2)))
    assert store.published("2026") == (MADE,)


def test_publications_come_in_the_order_they_were_made(store: Store) -> None:
    later = replace(MADE, id="a0", audience="public", at=clock(5))
    store.publish(later)
    store.publish(MADE)
    assert [one.id for one in store.published("2026")] == ["p1", "a0"]


def test_a_round_is_closed_until_it_is_reopened(store: Store) -> None:
    assert store.closed_rounds() == {}
    store.mark_round(RoundMark(round="2026", action="close", at=clock(1), who="hon", because="Klart", manifest="m"))
    store.mark_round(RoundMark(round="2025", action="close", at=clock(2), who="hon"))
    assert store.closed_rounds() == {"2026": clock(1), "2025": clock(2)}
    store.mark_round(RoundMark(round="2026", action="reopen", at=clock(3), who="hon", because="Fel siffra"))
    assert store.closed_rounds() == {"2025": clock(2)}
    assert [one.action for one in store.round_marks("2026")] == ["close", "reopen"]


def test_what_was_taken_in_for_a_round_is_known_whatever_it_was_judged_under(store: Store) -> None:
    store.save([version("in.xlsx", {"m01_1/score": 3}, verdict="remarks")], "r")
    store.save([version("nej.xlsx", {}, verdict="rejected", hour=1)], "r")
    files = [checksum_of("in.xlsx"), checksum_of("nej.xlsx"), checksum_of("ny.xlsx")]
    found = store.taken_in(files, ["2026"])
    assert {one.verdict for one in found.values()} == {"remarks"}
    assert found.keys() == {checksum_of("in.xlsx")}
    assert store.taken_in(files, ["2025"]) == {}


def tables(url: str) -> set[str]:
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def step(url: str, root: object, revision: str) -> None:
    """Take the store one step, forward or back."""
    config = Config()
    config.set_main_option("script_location", f"{root}/sheets_pipeline/store/migrations")
    engine = create_engine(url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        (command.downgrade if revision == "0001" else command.upgrade)(config, revision)
    engine.dispose()


def test_the_step_can_be_taken_back_and_forward_again(url: str, root: object) -> None:
    with Store.open(url) as store:
        store.save([version("in.xlsx", {"m01_1/score": 3})], "r")
        store.publish(MADE)
    assert tables(url) >= NEW
    step(url, root, "0001")
    assert not tables(url) & NEW
    step(url, root, "0002")
    with Store.open(url) as store:
        assert [one.name for one in store.versions(EXEMPELBY)] == ["in.xlsx"]
        assert store.published("2026") == ()


def test_a_store_of_the_version_before_is_migrated_when_it_is_opened(url: str, root: object) -> None:
    Store.open(url).close()
    step(url, root, "0001")
    with Store.open(url) as store:
        assert store.publish(MADE)


def test_the_store_refuses_a_figure_of_a_publication_that_is_not_there(url: str) -> None:
    Store.open(url).close()
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute("INSERT INTO publication_files VALUES ('p9', 'a.html', 'c')")
