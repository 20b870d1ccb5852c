"""Detection of formats by the first bytes of a file, and descriptions of other files."""

from __future__ import annotations

import json
import re

from .encodings import find_mark

_FIRST = 65_536
_SIGNATURES = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive, such as .xlsx, .docx or .zip"),
    (b"\xd0\xcf\x11\xe0", "an old Office file, such as .xls or .doc"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"BZh", "a bzip2 archive"),
    (b"SQLite format 3", "a database of SQLite"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "an RTF file"),
    (b"version https://git-lfs", "a pointer of Git LFS, not the file itself"),
)
# By a word of the description what to do with such a file.
_REMEDIES = (
    ("ZIP", "Unpack it, or save the table as CSV."),
    ("archive", "Unpack it, and give the file inside."),
    ("HTML page", "Save the file itself: this may be the page of an error or of a login."),
    ("picture", "Pictures belong into the static folder."),
    ("PDF", "Give its reference, such as a .bib file."),
    ("Office", "Save the table as CSV."),
    ("Git LFS", "Fetch the file itself with git lfs pull."),
    ("empty", "Save the file again, or delete it."),
    ("entities", "Export it anew without a DOCTYPE; nothing of papers needs one."),
    ("with identifiers", "Say `paperbound add --from FILE`, which takes their papers by the identifiers."),
    (
        "references",
        "Export them from your reference manager as BibTeX or RIS, or write a table with the columns title, authors, "
        "year; `paperbound add DOI` takes a paper by its identifier.",
    ),
)
# A year as references have one, and the signs of a citation around it.
_CITED = re.compile(r"(?<![\w./-])(?:19|20)\d\d[a-z]?(?![\w/-])")
_IDENTIFIED = re.compile(r"\b10\.\d{4,9}/\S|\barxiv\s*:\s*\d|arxiv\.org/", re.IGNORECASE)
_JSON = re.compile(r"\{\s*[\"}]|\[\s*[\[{\"\]]")
# Each comment ends at its first end: what went on to a later one took years for thirty of them.
_HTML = re.compile(r"\s*+(?:<\?xml[^>]*>\s*+)?(?><!--.*?-->\s*)*+<(?:!doctype html|html|head|body)\b", re.I | re.S)
_TITLE = re.compile(r"<title[^<>]*>([^<]*)</title", re.I)
_ROOT = re.compile(r"\s*+(?>(?:<\?.*?\?>|<!--.*?-->|<![^>]*>)\s*)*+<([A-Za-z][\w:.-]*)", re.S)


def read_start(data: bytes) -> bytes:
    """Returns the first 64 kB of a file as UTF-8 without a byte order mark."""
    codec, length = find_mark(data)
    start = data[length : length + _FIRST]
    return start.decode(codec, "replace").encode() if codec else start


def describe(data: bytes) -> str:
    """Describes a file that no format reads; an empty text for most text."""
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            return name
    start = read_start(data)
    if not start.strip():
        return "an empty file"
    if b"\0" in start:
        return "binary data"
    text = start.decode("utf-8", "replace")
    if _HTML.match(text):
        title = _TITLE.search(text)
        name = title[1].strip() if title else ""
        return f"an HTML page{f' ({name[:60]!r})' if name else ''}"
    return ""


def find_remedy(description: str, file: str) -> str:
    """Returns what to do with a file of this description that no format reads."""
    usual = (
        "Save your papers as BibTeX (.bib), RIS or a table (.csv); `paperbound import --help` lists the formats, and "
        "with --format NAME one is taken for granted."
    )
    if file.lower().endswith((".csv", ".tsv", ".tab")):
        usual = "Begin the table with a row of names, such as title, authors, year, and nothing above it."
    return next((remedy.replace("FILE", file) for word, remedy in _REMEDIES if word in description), usual)


def describe_text(data: bytes) -> str:
    """Describes a file of text: its XML root, its JSON keys, or its beginning."""
    text = read_start(data).decode("utf-8", "replace").strip()
    if text.startswith("<") and "<!ENTITY" in text:
        return "XML that declares entities, which is refused"
    root = _ROOT.match(text)
    if root:
        return f"XML with the root <{root[1]}>"
    if _JSON.match(text):
        keys = re.findall(r'"([^"\\\n]{1,40})"\s*:', text[:4_000])
        return f"JSON with the keys {', '.join(dict.fromkeys(keys[:6]))}" if keys else "JSON"
    if is_list_of_references(text):
        return f"a list of references{' with identifiers' if _IDENTIFIED.search(text) else ''}, as plain text"
    return f"text that begins with {text.splitlines()[0][:60]!r}"


def is_list_of_references(text: str) -> bool:
    """Returns whether most paragraphs of a text have a year and two commas."""
    lines = text[:20_000].splitlines()
    blocks = re.split(r"\n\s*\n", text[:20_000]) if sum(len(line) < 90 for line in lines) > len(lines) / 2 else lines
    blocks = [block for block in blocks if len(block.strip()) > 30]
    cited = [block for block in blocks if _CITED.search(block) and block.count(", ") > 1]
    return bool(cited) and len(cited) * 3 >= len(blocks) * 2


def find_message(value: object) -> str:
    """Returns the message of a service's error; an empty text for any other value."""
    if not isinstance(value, dict):
        return ""
    for key in ("error", "errors", "message", "detail", "status", "reason"):
        if key in value:
            inner = value[key]
            return inner if isinstance(inner, str) and inner else json.dumps(inner, ensure_ascii=False)[:100]
    return ""
