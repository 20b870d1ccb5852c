/* The index as the manifest describes it: sorted lines in small files named by their bytes. Files are asked
   for once and kept; a file that is gone means a newer index, and the manifest is read anew. */

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+-";
const letters = "!#$%&()*,/:;<=>?@[]^_{|}~";
const digits = new Uint8Array(128).fill(255);
[...alphabet].forEach((sign, value) => {
  digits[sign.charCodeAt(0)] = value;
});
const slugLongest = 80;

/** The file that was asked for is not there, or is not what was written. */
export class MissingFile extends Error {}

/** All numbers of a text of digits, from a place on. */
export function decodeNumbers(text, at = 0) {
  const numbers = [];
  while (at < text.length) {
    let value = 0;
    for (let shift = 1; ; shift *= 32) {
      const digit = digits[text.charCodeAt(at++)];
      value += (digit & 31) * shift;
      if (digit < 32) break;
    }
    numbers.push(value);
  }
  return numbers;
}

/** The postings of a line of terms: field, document, length, frequency, four numbers each. */
export function decodePostings(line) {
  const found = [];
  let at = line.indexOf("\t") + 1;
  const read = () => {
    let value = 0;
    for (let shift = 1; ; shift *= 32) {
      const digit = digits[line.charCodeAt(at++)];
      value += (digit & 31) * shift;
      if (digit < 32) return value;
    }
  };
  while (at < line.length) {
    const field = letters.indexOf(line[at++]);
    let document = 0;
    while (at < line.length && digits[line.charCodeAt(at)] !== 255) {
      document += read();
      const length = read();
      found.push(field, document, length >> 1, length & 1 ? read() : 1);
    }
  }
  return Int32Array.from(found);
}

/** The number of bits of a word's count, and whether it is a term: the last character of a line of words. */
export function readWord(line) {
  const value = digits[line.charCodeAt(line.length - 1)];
  return { word: line.slice(0, -1), bits: value >> 1, isTerm: (value & 1) === 1 };
}

/** The lines of a file, whose last line is the checksum of what stands before it (Adler-32). */
export function checkLines(bytes) {
  const end = bytes.length - 10;
  let [low, high] = [1, 0];
  for (let at = 0; at < end; ) {
    for (const stop = Math.min(at + 3800, end); at < stop; at++) high += low += bytes[at];
    low %= 65521;
    high %= 65521;
  }
  const text = new TextDecoder().decode(bytes);
  const sum = ((high * 65536 + low) >>> 0).toString(16).padStart(8, "0");
  if (end < 0 || text.slice(-10) !== `#${sum}\n`) throw new MissingFile("a file of the search data is damaged");
  const lines = text.slice(0, -10).split("\n");
  lines.pop();
  return lines;
}

/** The address that most titles of plain letters have: the twin of search/result_files.py. */
export function guessSlug(title) {
  const trim = (text) => text.replace(/^-+|-+$/g, "");
  const slug = trim(title.toLowerCase().replace(/[^a-z0-9]+/g, "-"));
  if (slug.length <= slugLongest) return slug;
  const cut = slug.lastIndexOf("-", slugLongest);
  return trim(slug.slice(0, cut > slugLongest / 2 ? cut : slugLongest));
}

const keyOf = (kind, line) => (kind === "words" || kind === "endings" ? line.slice(0, -1) : line.slice(0, line.indexOf("\t")));

/** The place of the first item whose key is not below the key asked for. */
function findFirst(items, key, read) {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (read(items[middle]) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

function findEntry(entries, key) {
  const at = findFirst(entries, key, ([first]) => first);
  return at < entries.length && entries[at][0] === key ? at : Math.max(at - 1, 0);
}

/** Opens an index once; after a failure, or `forget`, the next call opens the index again. */
export class Opener {
  #opening = null;

  open(url) {
    if (!this.#opening) {
      const opening = Index.open(url);
      this.#opening = opening;
      opening.catch(() => this.#opening === opening && this.forget());
    }
    return this.#opening;
  }

  forget() {
    this.#opening = null;
  }
}

export class Index {
  constructor(manifest, fetchBytes) {
    this.manifest = manifest;
    this.size = manifest.documents;
    this.fields = manifest.fields.map(([name, boost, average]) => ({ name, boost, average }));
    this.stopWords = new Set(manifest.stop_words.split(" "));
    this.fetchBytes = fetchBytes;
    this.kept = new Map();
  }

  /** Opens the index whose manifest lies at this address. */
  static async open(url) {
    const base = new URL(url, globalThis.document?.baseURI);
    const fetchBytes = async (path, options) => {
      const answer = await fetch(new URL(path, base), options);
      if (!answer.ok) throw new MissingFile(`${path}: ${answer.status}`);
      return new Uint8Array(await answer.arrayBuffer());
    };
    const bytes = await fetchBytes(base, { cache: "no-cache" });
    return new Index(JSON.parse(new TextDecoder().decode(bytes)), fetchBytes);
  }

  /** A query without addresses of identifiers, and where it leads if it is one: {text, href}. */
  async look(text) {
    const { lookup } = this.manifest;
    return lookup[0] && /\d/.test(text) ? (await import(lookup[0])).look(text, lookup) : { text };
  }

  /** What `make` makes, kept by its key; a failure is not kept. */
  keep(key, make) {
    if (!this.kept.has(key)) {
      const made = make();
      this.kept.set(key, made);
      made.catch(() => this.kept.delete(key));
    }
    return this.kept.get(key);
  }

  load(kind, name) {
    const path = `${kind}.${name}.txt`;
    return this.keep(path, async () => {
      try {
        return checkLines(await this.fetchBytes(path));
      } catch {
        // The browser may have kept what was damaged: once more, past its cache.
        return checkLines(await this.fetchBytes(path, { cache: "reload" }));
      }
    });
  }

  async #list(kind, name) {
    return this.keep(`list ${name}`, async () => (await this.load(kind, name)).map((line) => line.split("\t")));
  }

  /** The lines of the file that holds a key, and the first key of the file after it. */
  async #leaf(kind, key) {
    let entries = this.manifest.trees[kind];
    let after;
    if (!entries.length) return { lines: [] };
    let at = findEntry(entries, key);
    if (this.manifest.nodes) {
      after = entries[at + 1]?.[0];
      entries = await this.#list(kind, entries[at][1]);
      at = findEntry(entries, key);
    }
    return { lines: await this.load(kind, entries[at][1]), after: entries[at + 1]?.[0] ?? after };
  }

  /** The line of a key, or undefined. */
  async find(kind, key) {
    const { lines } = await this.#leaf(kind, key);
    const line = lines[findFirst(lines, key, (one) => keyOf(kind, one))];
    return line !== undefined && keyOf(kind, line) === key ? line : undefined;
  }

  /** The lines whose keys begin with a prefix, from at most so many files. */
  async range(kind, prefix, files = Infinity) {
    const found = [];
    let from = prefix;
    for (let file = 0; file < files && from !== undefined; file++) {
      const { lines, after } = await this.#leaf(kind, from);
      for (let at = findFirst(lines, prefix, (one) => keyOf(kind, one)); at < lines.length; at++) {
        if (!keyOf(kind, lines[at]).startsWith(prefix)) return found;
        found.push(lines[at]);
      }
      from = after;
    }
    return found;
  }

  /** The postings of a term, or null. */
  postings(term) {
    return this.keep(`term ${term}`, async () => {
      const line = await this.find("terms", term);
      return line === undefined ? null : decodePostings(line);
    });
  }

  /** The positions of a term, one list for each of its postings. */
  async positions(term, postings) {
    const line = (await this.find("positions", term)) ?? "\t";
    const numbers = decodeNumbers(line, line.indexOf("\t") + 1);
    const lists = [];
    for (let at = 3, from = 0; at < postings.length; from += postings[at], at += 4) {
      let position = 0;
      lists.push(numbers.slice(from, from + postings[at]).map((gap) => (position += gap)));
    }
    return lists;
  }

  /** The record of a document: what a result shows. */
  async record(number) {
    const { records, records_a_file: size, nodes, block, papers } = this.manifest;
    let name = records[Math.floor(number / block)];
    if (nodes) {
      const names = await this.#list("records", name);
      [name] = names[Math.floor((number % block) / size)];
    }
    const lines = await this.load("records", name);
    const [title, authors = "", venue = "", iso = "", takeaway = "", slug = "", text = ""] = JSON.parse(lines[(number % block) % size]);
    return { href: `${papers}${slug || guessSlug(title)}/`, title, authors, venue, iso, takeaway, text };
  }
}
