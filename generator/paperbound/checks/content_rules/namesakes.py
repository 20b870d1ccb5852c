"""People of one name."""

from __future__ import annotations

from collections.abc import Iterator

from ...content.people.likeness import suggest_changes
from ...model.errors import Fault
from ..rule import WARNING, Content, Rule

# From two groups of four papers on that share no co-author and no venue.
_LEAST = 0.8
# Papers that a warning names.
_SHOWN = 3


def _find(content: Content) -> Iterator[Fault]:
    for one in suggest_changes(content.catalogue, content.profiles):
        if one.kind == "namesake" and one.score >= _LEAST and one.reason != "two ORCIDs":
            origin = content.catalogue.records[one.others[0]].origin
            people = "two" if len(one.others) == 2 else "several"
            papers = " and ".join(one.others[:_SHOWN])
            message = f"{one.name!r} is likely the name of {people} people: {one.reason}, such as {papers}"
            remedy = f"Give the authors ids ({{name: {one.name}, id: …}}), or look with: paperbound people"
            yield Fault(origin.file, origin.line_of("authors"), "authors", message, remedy, warning=True)


NAMESAKES = Rule(
    "namesakes",
    WARNING,
    "A name is likely that of two people.",
    """\
Two ORCIDs stand beside one name; a name belongs to several people of `authors.yaml`; or many papers of a name share
neither co-author nor venue with the others. Papers of both are then on one page.

Give the authors an `id` or an ORCID in the records, or add both people to `authors.yaml`. `paperbound people` lists
all likely namesakes with their scores.""",
    find_in_content=_find,
)
