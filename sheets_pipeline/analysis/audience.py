"""Whom an audience may see, by the organisations' sharing levels.

`salar` is the project lead only; `cluster` the viewer's own cluster; `round` everybody who takes part; `public`
everybody. Organisations are protected by their level alone, never by a minimum group: three that share are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sheets_pipeline.errors import UsageError
from sheets_pipeline.model.programme import SHARING_LEVELS, Organisation, Round, SharingLevel

HIDDEN_TOGETHER = 5
"""So many organisations that an audience may not see may stand in an aggregate: then none of them shows through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visible:
    """Organisation codes: `named` with their scores, `texts` with their texts, `hidden` taking part but not to be seen.

    `withdrawn` left the round and are in no comparison, whoever looks.
    """

    named: frozenset[str]
    texts: frozenset[str]
    hidden: frozenset[str]
    withdrawn: frozenset[str]


def visible(round_: Round, audience: SharingLevel, *, viewer: str = "", as_of: date) -> Visible:
    """What an audience may see of a round; an organisation always sees itself.

    `viewer` is an organisation code or a cluster id; the audience `cluster` needs one. Raises UsageError.
    """
    if audience not in SHARING_LEVELS:
        raise UsageError(f"no such audience: {audience}", hint=f"Choose one of {', '.join(SHARING_LEVELS)}.")
    cluster = _cluster_of(round_, viewer)
    if audience == "cluster" and not cluster:
        raise UsageError("the audience cluster needs a cluster or an organisation", hint="Say which one is to read it.")
    withdrawn = frozenset(one.code for one in round_.organisations if has_left(one, as_of))
    present = [one for one in round_.organisations if one.code not in withdrawn]
    named = {one.code for one in present if _may_see(one, one.sharing_scores, audience, cluster, viewer)}
    texts = {one.code for one in present if _may_see(one, one.sharing_texts, audience, cluster, viewer)}
    hidden = {one.code for one in present} - named
    return Visible(named=frozenset(named), texts=frozenset(texts), hidden=frozenset(hidden), withdrawn=withdrawn)


def has_left(organisation: Organisation, as_of: date) -> bool:
    """Whether an organisation had left the round by that day."""
    return organisation.left is not None and organisation.left <= as_of


def _cluster_of(round_: Round, viewer: str) -> str:
    if not viewer:
        return ""
    organisation = round_.organisation(viewer)
    if organisation is None and round_.cluster(viewer) is None:
        raise UsageError(f"neither an organisation nor a cluster of this round: {viewer}")
    return organisation.cluster if organisation else viewer


def _may_see(one: Organisation, level: SharingLevel, audience: SharingLevel, cluster: str, viewer: str) -> bool:
    if audience == "salar" or one.code == viewer:
        return True
    if audience == "cluster" and one.cluster != cluster:
        return level in {"round", "public"}
    return SHARING_LEVELS.index(level) >= SHARING_LEVELS.index(audience)
