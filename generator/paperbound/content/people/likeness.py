"""Likeness of names: likely variants of one person, and likely namesakes, with scores."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from ...model.catalogue import Catalogue, Profile
from ...model.venues import name_venue
from ...text.names import fold, sort_key, split_name
from ...text.report import count_of
from ...text.slugs import make_slug
from .descriptions import MOST_SHOWN, describe_person
from .identities import weigh_spelling

# A paper of more authors says little of who works with whom.
_MOST_COAUTHORS = 50
# Papers of one person that share neither co-authors nor venue with others of the same name.
_LEAST_OF_NAMESAKE = 2
# The largest score, without reasons of its own, of one of several people whom a name fits.
_UNCLEAR = 0.7
# Rivals that are compared with each other: of more all count.
_MOST_RIVALS = 30
_SCORES = {
    "ORCID": 1.0,
    "case": 0.95,
    "accents": 0.95,
    "hyphens": 0.9,
    "order": 0.85,
    "script": 0.7,
    "middle name": 0.6,
    "initials": 0.5,
}
_WORDS = re.compile(r"[^\W_]+")
# `Müller` is written `Mueller`, too, `Ødegård` is `Oedegaard`.
_UMLAUTS = {ord(sign): text for sign, text in zip("äöüøåÄÖÜØÅ", "ae oe ue oe aa Ae Oe Ue Oe Aa".split(), strict=True)}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two names that are likely one person's, or two people of one name.

    `kind` is variant or namesake; `id` is the address of the person; `others` are the other spellings, or an example of
    the papers of each namesake. `profiles` are added to authors.yaml when the suggestion is accepted; without any, the
    records need ids. `other` is the address of the other page of a variant. `score` is between 0 and 1. `people` say of
    each of several people what differs.
    """

    kind: str
    id: str
    name: str
    others: tuple[str, ...]
    reason: str
    score: float
    profiles: tuple[Profile, ...] = ()
    other: str = ""
    people: tuple[str, ...] = ()


@dataclass(slots=True)
class _Author:
    """An author during the search: spellings with counts, papers, co-authors, venues.

    Each ORCID has a paper that gives it.
    """

    slug: str
    names: dict[str, int] = field(default_factory=dict)
    papers: list[str] = field(default_factory=list)
    coauthors: set[str] = field(default_factory=set)
    venues: set[str] = field(default_factory=set)
    orcids: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The most frequent spelling."""
        return min(self.names, key=lambda name: (-self.names[name], *weigh_spelling(name)))


def suggest_changes(catalogue: Catalogue, profiles: Sequence[Profile]) -> list[Suggestion]:
    """Returns suggestions, those of the highest score first.

    Names are compared within blocks of one family name and one given name or initial: all pairs would take too long.
    """
    authors, known = _collect(catalogue), {one.id: one for one in profiles}
    found = [*_suggest_spellings(authors, known), *_suggest_variants(catalogue, authors, known)]
    found += _suggest_namesakes(catalogue, authors, known)
    return sorted(found, key=lambda one: (-one.score, one.id, one.others))


def _collect(catalogue: Catalogue) -> dict[str, _Author]:
    authors: dict[str, _Author] = {}
    for ident, record in catalogue.records.items():
        slugs = catalogue.people_of[ident]
        team = set(slugs) if len(slugs) <= _MOST_COAUTHORS else set()
        for slug, author in zip(slugs, record.authors, strict=True):
            one = authors.get(slug) or authors.setdefault(slug, _Author(slug))
            one.names[author.name] = one.names.get(author.name, 0) + 1
            one.papers.append(ident)
            one.coauthors |= team
            one.venues |= {name_venue(record)} - {""}
            if author.orcid:
                one.orcids.setdefault(author.orcid, ident)
    for slug, one in authors.items():
        one.coauthors.discard(slug)
    return authors


def _suggest_spellings(authors: Mapping[str, _Author], known: Mapping[str, Profile]) -> Iterator[Suggestion]:
    """Yields spellings that are one page already, and that authors.yaml does not name."""
    for slug, one in authors.items():
        profile = known.get(slug)
        name = profile.name if profile else one.name
        others = tuple(sorted(one.names.keys() - {name, *(profile.variants if profile else ())}))
        if others:
            reason = _compare(name, others[0])
            reason = reason or ("script" if make_slug(name) == make_slug(others[0]) else "ORCID")
            yield _make_variant(slug, name, others, f"{reason}; one page already", _SCORES[reason])


def _make_variant(
    slug: str, name: str, others: tuple[str, ...], reason: str, score: float, other: str = ""
) -> Suggestion:
    return Suggestion("variant", slug, name, others, reason, round(score, 2), (Profile(slug, name, others),), other)


def _suggest_variants(
    catalogue: Catalogue, authors: Mapping[str, _Author], known: Mapping[str, Profile]
) -> Iterator[Suggestion]:
    distinct = {frozenset((one.id, other)) for one in known.values() for other in one.similar}
    blocks: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for slug, one in authors.items():
        for key in {key for name in one.names for key in _list_keys(name)} | {("orcid", orcid) for orcid in one.orcids}:
            blocks[key].add(slug)
    pairs: dict[tuple[str, str], str] = {}
    for pair in _pair(blocks):
        if pair in pairs or frozenset(pair) in distinct:
            continue
        one, other = authors[pair[0]], authors[pair[1]]
        reason = "ORCID" if one.orcids.keys() & other.orcids.keys() else _compare(one.name, other.name)
        if reason and not _are_two(one, other, known):
            pairs[pair] = reason
    rivals = _find_rivals(pairs, authors, known)
    for (first, second), reason in pairs.items():
        if reason == "ORCID" or not (rivals[first] or rivals[second]):
            yield _weigh(authors[first], authors[second], reason, known)
            continue
        unclear, one = (authors[first], authors[second]) if rivals[first] else (authors[second], authors[first])
        others = [authors[slug] for slug in sorted(rivals[unclear.slug] - {one.slug})]
        yield _weigh_rival(catalogue, unclear, one, others, reason, known)


def _find_rivals(
    pairs: Mapping[tuple[str, str], str], authors: Mapping[str, _Author], known: Mapping[str, Profile]
) -> dict[str, set[str]]:
    """Finds the people, by author, of whom one may be this author."""
    partners: dict[tuple[str, bool], set[str]] = defaultdict(set)
    for (first, second), reason in pairs.items():
        if reason != "ORCID":
            partners[first, reason == "initials"].add(second)
            partners[second, reason == "initials"].add(first)
    rivals: dict[str, set[str]] = defaultdict(set)
    for (slug, initials), some in partners.items():
        if len(some) > 1 and (initials or len(some) > _MOST_RIVALS):
            rivals[slug] |= some
            continue
        for first, second in combinations(sorted(some), 2):
            one, other = authors[first], authors[second]
            if _are_two(one, other, known) or not _compare(one.name, other.name):
                rivals[slug] |= {first, second}
    return rivals


def _list_keys(name: str) -> Iterator[tuple[str, ...]]:
    """Yields the keys of a name's blocks.

    These are its words, its letters, and the family name with the first given name or its initial.
    """
    words = _WORDS.findall(fold(name))
    yield ("words", *sorted(words))
    yield ("letters", "".join(words))
    if not name.isascii():
        yield ("letters", "".join(_WORDS.findall(fold(name.translate(_UMLAUTS)))))
    family, given = ("".join(_WORDS.findall(sort_key(name)[0])), _WORDS.findall(fold(split_name(name)[0])))
    if given:
        yield ("given", family, given[0])
        yield ("initial" if len(given[0]) == 1 else "full", family, given[0][0])


def _pair(blocks: Mapping[tuple[str, ...], set[str]]) -> Iterator[tuple[str, str]]:
    """Yields the pairs of each block, and initials with full names."""
    for (kind, *key), block in blocks.items():
        if kind == "initial":
            full = blocks.get(("full", *key), set())
            yield from ((min(pair), max(pair)) for pair in product(block, full - block))
        elif kind != "full" and len(block) > 1:
            yield from combinations(sorted(block), 2)


def _are_two(one: _Author, other: _Author, known: Mapping[str, Profile]) -> bool:
    """Returns whether two authors wrote one paper, have two ORCIDs, or two profiles."""
    has_orcids = bool(one.orcids and other.orcids and not one.orcids.keys() & other.orcids.keys())
    return has_orcids or other.slug in one.coauthors or (one.slug in known and other.slug in known)


def _compare(name: str, other: str) -> str:
    """Returns what makes two names alike; an empty text for names of two people."""
    if name.casefold() == other.casefold():
        return "case"
    folded, otherwise = fold(name), fold(other)
    if folded == otherwise or fold(name.translate(_UMLAUTS)) == fold(other.translate(_UMLAUTS)):
        return "accents"
    words, more = _WORDS.findall(folded), _WORDS.findall(otherwise)
    if "".join(words) == "".join(more):
        return "hyphens"
    if sorted(words) == sorted(more):
        return "order"
    return _compare_given(name, other) if sort_key(name)[0] == sort_key(other)[0] else ""


def _compare_given(name: str, other: str) -> str:
    given, more = (_WORDS.findall(fold(split_name(one)[0])) for one in (name, other))
    if not given or not more:
        return ""
    pairs = list(zip(given, more, strict=False))
    if not all(one == two or (1 in (len(one), len(two)) and one[0] == two[0]) for one, two in pairs):
        return ""
    return "middle name" if all(one == two for one, two in pairs) else "initials"


def _weigh(one: _Author, other: _Author, reason: str, known: Mapping[str, Profile]) -> Suggestion:
    """Returns the suggestion that two authors are one, with a score."""
    if (other.slug in known, len(other.papers), len(other.name), one.slug) > (
        one.slug in known, len(one.papers), len(one.name), other.slug,
    ):  # fmt: skip
        one, other = other, one
    score, facts = _SCORES[reason], [reason]
    if shared := one.coauthors & other.coauthors:
        score, facts = score + 0.2, [*facts, count_of(len(shared), "shared co-author")]
    if venues := one.venues & other.venues:
        score, facts = score + 0.1, [*facts, count_of(len(venues), "shared venue")]
    profile = known.get(one.slug)
    name = profile.name if profile else one.name
    return _make_variant(one.slug, name, tuple(sorted(other.names)), ", ".join(facts), min(score, 1.0), other.slug)


def _weigh_rival(
    catalogue: Catalogue,
    unclear: _Author,
    one: _Author,
    rivals: Sequence[_Author],
    reason: str,
    known: Mapping[str, Profile],
) -> Suggestion:
    """Returns the suggestion that an author is one of several people.

    What all of them share with the author says nothing: only what `one` alone shares counts.
    """
    score = min(_SCORES[reason], _UNCLEAR) - 0.2
    facts = ["one name" if unclear.name == one.name else reason, f"{len(rivals) + 1} people fit"]
    shared = unclear.coauthors & one.coauthors - set().union(*(rival.coauthors for rival in rivals))
    venues = unclear.venues & one.venues - set().union(*(rival.venues for rival in rivals))
    if shared:
        score, facts = score + 0.2, [*facts, f"alone shares {count_of(len(shared), 'co-author')}"]
    if venues:
        score, facts = score + 0.1, [*facts, f"alone shares {count_of(len(venues), 'venue')}"]
    if not shared and not venues:
        facts.append("nothing says which")
    profile = known.get(one.slug)
    name = profile.name if profile else one.name
    others = tuple(sorted(unclear.names))
    held = {name, *(profile.variants if profile else ())}
    profiles = () if held >= unclear.names.keys() else (Profile(one.slug, name, others),)
    people = [
        describe_person(catalogue, known.get(author.slug), author.slug, author.papers)
        for author in (unclear, one, *rivals[: MOST_SHOWN - 1])
    ]
    return Suggestion(
        *("variant", one.slug, name, others, ", ".join(facts), round(score, 2), profiles), unclear.slug, tuple(people)
    )


def _suggest_namesakes(
    catalogue: Catalogue, authors: Mapping[str, _Author], known: Mapping[str, Profile]
) -> Iterator[Suggestion]:
    by_name: dict[str, dict[str, str]] = defaultdict(dict)
    for slug, one in authors.items():
        if slug in known:
            continue
        for orcid in one.orcids if len(one.orcids) == 1 else ():
            by_name[fold(one.name)][slug] = orcid
        parts = _part_papers(catalogue, one)
        if len(parts) > 1:
            score = min(0.9, 0.4 + 0.1 * len(parts[1]))
            lack = "share no co-author and no venue"
            reason = f"{len(parts[0])} and {len(parts[1])} papers {lack}"
            if len(parts) > 2:
                reason = f"{sum(map(len, parts))} papers are in {len(parts)} groups that {lack}"
            people = tuple(describe_person(catalogue, known.get(slug), slug, part) for part in parts[:MOST_SHOWN])
            examples = tuple(part[0] for part in parts)
            yield Suggestion("namesake", slug, one.name, examples, reason, round(score, 2), people=people)
    for found in by_name.values():
        if len(found) > 1:
            slugs = sorted(found)
            profiles = tuple(Profile(slug, authors[slug].name, orcid=found[slug]) for slug in slugs)
            papers = tuple(authors[slug].orcids[found[slug]] for slug in slugs)
            people = tuple(
                describe_person(catalogue, known.get(slug), slug, authors[slug].papers) for slug in slugs[:MOST_SHOWN]
            )
            name = authors[slugs[0]].name
            yield Suggestion("namesake", slugs[0], name, papers, "two ORCIDs", 1.0, profiles, people=people)


def _part_papers(catalogue: Catalogue, author: _Author) -> list[list[str]]:
    """Parts an author's papers: two parts share no co-author and no venue."""
    if len(author.papers) < 2 * _LEAST_OF_NAMESAKE:
        return []
    parts: list[tuple[set[str], list[str]]] = []
    for ident in author.papers:
        marks = set(catalogue.people_of[ident]) - {author.slug} | {f"at {catalogue.venue_of.get(ident, ident)}"}
        joined = [part for part in parts if part[0] & marks]
        parts = [part for part in parts if not part[0] & marks]
        parts.append((marks.union(*(one for one, _ in joined)), [*_join(joined), ident]))
    large = [papers for _, papers in parts if len(papers) >= _LEAST_OF_NAMESAKE]
    return sorted(large, key=lambda papers: (-len(papers), papers))


def _join(parts: Iterable[tuple[set[str], list[str]]]) -> list[str]:
    return [ident for _, papers in parts for ident in papers]
