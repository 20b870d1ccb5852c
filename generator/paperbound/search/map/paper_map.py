"""The map of papers as a file of the artifact cache."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np

from ...model.digests import digest_bytes
from ..arrays import Array
from ..matrix import RelatedMatrix
from ..neighbours import Neighbours
from .landmarks import MOST, Landmarks, begin_layout, choose_landmarks, join_landmarks
from .layout import arrange, flatten, join_related, place_others
from .regions import find_regions


def make_map(matrix: RelatedMatrix, blocks: Sequence[Neighbours], previous: bytes = b"") -> bytes:
    """Makes the map of all documents: JSON of places, regions and words.

    `x`, `y` and `region` are by document; `centres` and `words` by region. Places are from 0 up to 4,096. `landmarks`
    is the digest of what landmarks are placed by, `at` their places: where the `previous` map has the same digest, it
    has the same places.
    """
    related = Neighbours(
        np.concatenate([one.others for one in blocks]), np.concatenate([one.scores for one in blocks]), []
    )
    landmarks = choose_landmarks(matrix)
    digest = _digest(landmarks, related)
    known = json.loads(previous) if previous else {}
    if known.get("landmarks") == digest:
        at = np.array(known["at"]).reshape(2, -1)
        x, y = at[0], at[1]
    else:
        # Where all papers are landmarks, related papers are the better edges.
        edges = join_related(related) if _is_whole(landmarks, related) else join_landmarks(landmarks)
        x, y = arrange(*begin_layout(landmarks), edges, landmarks.idents)
    places = place_others(x, y, landmarks.documents, related, matrix.idents)
    flat = flatten(*places, landmarks.documents)
    regions = find_regions(*flat, landmarks.documents, matrix)
    value = {
        "landmarks": digest,
        "at": [x.tolist(), y.tolist()],
        "x": flat[0].tolist(),
        "y": flat[1].tolist(),
        "region": regions.owners.tolist(),
        "centres": [[round(x), round(y)] for x, y in zip(regions.x.tolist(), regions.y.tolist(), strict=True)],
        "words": regions.words,
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _is_whole(landmarks: Landmarks, related: Neighbours) -> bool:
    return len(landmarks.documents) == len(related.others) <= MOST


def _digest(landmarks: Landmarks, related: Neighbours) -> str:
    arrays: list[Array] = [landmarks.idents, landmarks.owners, landmarks.terms]
    if _is_whole(landmarks, related):
        arrays += [related.others, related.scores]
    return digest_bytes(b"\0".join(np.ascontiguousarray(array).tobytes() for array in arrays))
