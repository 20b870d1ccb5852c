"""Queries on new papers: the site's own search, by an index in memory."""

from __future__ import annotations

from collections.abc import Sequence

from ..markup.markdown import strip_inline
from ..markup.texts import text_of
from ..model.record import Record
from ..search.blocks import build_block, count_totals
from ..search.document import BLOCK, FIELDS, Document, ManifestWork, write_manifest
from ..search.merging import merge_terms, merge_words
from ..search.query.identifiers import strip_addresses
from ..search.query.index_reader import Index
from ..search.query.parser import Word, parse_query
from ..search.query.ranking import rank
from ..search.synonyms import Synonyms


def find_matches(
    records: Sequence[Record], queries: Sequence[str], synonyms: Sequence[tuple[str, ...]] = ()
) -> list[frozenset[int]]:
    """Returns for each query the places of the records that have all its words.

    A word that no record has does not count as a similar one, as it does on the search page: the index has a document
    of the words that queries want, and one of those that they exclude.
    """
    if not records or not queries:
        return [frozenset() for _ in queries]
    parsed = [parse_query(strip_addresses(query))[0] for query in queries]
    words = [word for query in parsed for word in query]
    extend = Synonyms(synonyms).extend
    documents = [Document(extend(_list_texts(record)), "", "", "") for record in records]
    documents += [
        _make_words([one for one in words if one.sign != "-"]),
        _make_words([one for one in words if one.sign == "-"]),
    ]
    index = _make_index(documents)
    return [
        frozenset(number for number in rank(index, query).whole.tolist() if number < len(records)) for query in parsed
    ]


def _make_index(documents: Sequence[Document]) -> Index:
    blocks = [build_block(documents[start : start + BLOCK]) for start in range(0, len(documents), BLOCK)]
    totals = list(map(sum, zip(*map(count_totals, blocks), strict=True)))
    terms, positions = merge_terms(blocks, -1, nodes=False)
    spelled, endings = merge_words(blocks, nodes=False)
    trees = {"terms": terms, "positions": positions, "words": spelled, "endings": endings}
    files = {f"{leaf.kind}.{leaf.name}.txt": leaf.data for tree in trees.values() for leaf in tree.files}
    manifest = ManifestWork(
        documents=len(documents),
        papers="",
        averages=tuple(total / len(documents) or 1.0 for total in totals),
        records=(),
        records_a_file=BLOCK,
        nodes=False,
        trees=tuple((kind, tuple(tree.entries)) for kind, tree in trees.items()),
        facets="",
        titles="",
        sections=(),
        lookup=("", "", 1),
    )
    files["manifest.json"] = write_manifest(manifest)
    return Index(files.__getitem__)


def _list_texts(record: Record) -> tuple[tuple[str, ...], ...]:
    """Returns the texts that a paper is found by, and its category as one word.

    So `cs.AI` finds the papers of the category, and `AI` none but those that are about it.
    """
    joined = "".join(filter(str.isalnum, record.category))
    values = {
        "title": (text_of(record, "title").plain, *map(strip_inline, record.other_titles)),
        "authors": tuple(author.name for author in record.authors),
        "tags": record.tags,
        "venue": (record.venue, record.booktitle),
        "year": (str(record.date.year) if record.date else "", record.venue_year),
        "takeaway": (text_of(record, "takeaway").plain,),
        "summary": (text_of(record, "summary").plain, text_of(record, "notes").plain),
        "abstract": (text_of(record, "abstract").plain,),
        "id": (record.id, strip_addresses(record.arxiv), record.arxiv, record.doi, record.bibkey, joined),
    }
    return tuple(tuple(dict.fromkeys(filter(None, values[field.name]))) for field in FIELDS)


def _make_words(words: Sequence[Word]) -> Document:
    """Returns a document that has the words in each field."""
    pieces = tuple(dict.fromkeys(" ".join((*word.parts, *word.years[:1])) for word in words))
    joined = tuple(dict.fromkeys(word.joined for word in words if word.joined))
    return Document(tuple((*pieces, *joined) for _ in FIELDS), "", "", "")
