/* The index as the manifest describes it: terms to postings, numbers to records. One file of terms today;
   the callers ask for terms and ranges of terms, and do not know how many files there are. */

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+-";
const letters = "!#$%&()*,/:;<=>?@[]^_{|}~";
const digits = new Uint8Array(128).fill(255);
[...alphabet].forEach((sign, value) => {
  digits[sign.charCodeAt(0)] = value;
});

/** Calls `visit(field, document, length, frequency)` for every posting of a term's line. */
export function decodePostings(line, visit) {
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
      visit(field, document, length >> 1, length & 1 ? read() : 1);
    }
  }
}

export class Index {
  constructor(manifest, lines, fetchRecords) {
    this.manifest = manifest;
    this.size = manifest.documents;
    this.stopWords = new Set(manifest.stop_words);
    this.lines = lines;
    this.fetchRecords = fetchRecords;
    this.cached = new Map();
  }

  /** Opens the index whose manifest lies at this address. */
  static async open(url) {
    const base = new URL(url, document.baseURI);
    const load = async (path, options) => {
      const answer = await fetch(new URL(path, base), options);
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
      return answer;
    };
    const manifest = await (await load(base, { cache: "no-cache" })).json();
    const files = await Promise.all(manifest.terms.map(async ({ path }) => (await load(path)).text()));
    const lines = files.join("").split("\n");
    lines.pop();
    return new Index(manifest, lines, async (path) => (await load(path)).json());
  }

  #first(term) {
    let low = 0;
    let high = this.lines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.term(middle) < term) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The term of a line. */
  term(number) {
    const line = this.lines[number];
    return line.slice(0, line.indexOf("\t"));
  }

  /** The line of a term, or undefined. */
  find(term) {
    const number = this.#first(term);
    return number < this.lines.length && this.term(number) === term ? this.lines[number] : undefined;
  }

  /** The terms that begin with a prefix, at most so many. */
  expand(prefix, most) {
    const found = [];
    for (let at = this.#first(prefix); at < this.lines.length && found.length < most; at++) {
      const term = this.term(at);
      if (!term.startsWith(prefix)) break;
      found.push(term);
    }
    return found;
  }

  /** All terms, in order. */
  *vocabulary() {
    for (let at = 0; at < this.lines.length; at++) yield this.term(at);
  }

  /** The record of a document: what a result shows. */
  async record(number) {
    const size = this.manifest.records_a_file;
    const file = Math.floor(number / size);
    if (!this.cached.has(file)) this.cached.set(file, this.fetchRecords(this.manifest.records[file]));
    try {
      const row = (await this.cached.get(file))[number % size];
      const [href, title, authors, venue, date, iso, takeaway, text] = row;
      return { href, title, authors, venue, date, iso, takeaway, text };
    } catch (error) {
      this.cached.delete(file);
      throw error;
    }
  }
}
