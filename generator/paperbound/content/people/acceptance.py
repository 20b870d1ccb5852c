"""Acceptance: accepted suggestions as profiles, each name in one of them."""

from __future__ import annotations

from collections.abc import Iterable

from ...model.catalogue import Profile
from .likeness import Suggestion


def make_profiles(accepted: Iterable[Suggestion]) -> tuple[list[Profile], list[Suggestion]]:
    """Returns the profiles to add, and the suggestions that no profile can hold.

    A name that two suggestions give to two people goes to the first one; of a chain of names all go to its beginning.
    """
    names: dict[str, str] = {}
    roots: dict[str, str] = {}
    held: list[Suggestion] = []
    left: list[Suggestion] = []
    for one in accepted:
        if not one.profiles or (one.other and (one.other in roots or _find(roots, one.id) == one.other)):
            left.append(one)
            continue
        if one.other:
            roots[one.other] = one.id
        names.setdefault(one.id, one.name)
        held.append(one)
    profiles: dict[str, Profile] = {}
    for one in held:
        for profile in one.profiles:
            root = _find(roots, profile.id)
            known = profiles.get(root) or Profile(root, names.get(root, profile.name))
            added = [name for name in (profile.name, *profile.variants) if name != known.name]
            variants = tuple(dict.fromkeys((*known.variants, *added)))
            profiles[root] = Profile(root, known.name, variants, orcid=known.orcid or profile.orcid)
    return list(profiles.values()), left


def _find(roots: dict[str, str], slug: str) -> str:
    while slug in roots:
        slug = roots[slug]
    return slug
