/* Ranking as lunr 2.3 ranks (BM25 weights of three decimals, each field's sum divided by the query's
   magnitude), and the plan that decides which papers are shown: all words first, some words after. */

import { decodePostings } from "./postings.js";
import { stem } from "./stemmer.js";
import { termOf } from "./tokens.js";

const fewest = 10;
const mostExpansions = 64;
const prefixBoost = 0.3;

/** Whether two words are at most `most` edits apart; an exchange of neighbours is one edit. */
export function isNear(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return false;
  let before = [];
  let above = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row++) {
    const now = [row];
    let best = row;
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      let value = Math.min(above[column] + 1, now[column - 1] + 1, above[column - 1] + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (swapped) value = Math.min(value, before[column - 2] + 1);
      now.push(value);
      best = Math.min(best, value);
    }
    if (best > most) return false;
    before = above;
    above = now;
  }
  return above[other.length] <= most;
}

/** How far apart two words are, up to `most`. */
const distance = (one, other, most) => (one === other ? 0 : most > 1 && isNear(one, other, 1) ? 1 : most);

function findNear(index, term, most) {
  const near = [];
  for (const candidate of index.vocabulary()) {
    if (Math.abs(candidate.length - term.length) > most || candidate.length < 3) continue;
    if (isNear(term, candidate, most)) {
      const edits = distance(term, candidate, most);
      near.push({ term: candidate, edits, boost: edits ? 0.7 / edits : 1 });
    }
  }
  return near;
}

/**
 * The terms that an unknown word was meant for: one edit away, or two for long words. A word is rather misspelt
 * from a frequent term than from a rare one, and rather inside than at its first letter; the length of a term's
 * postings stands for its frequency.
 */
function forgive(index, term) {
  if (term.length < 4) return [];
  const near = findNear(index, term, term.length < 7 ? 1 : 2).map((one) => {
    const start = one.term[0] === term[0] ? 10 : 1;
    return { ...one, likely: (index.find(one.term).length * start) / 8 ** one.edits };
  });
  near.sort((one, other) => other.likely - one.likely);
  return near.filter(({ likely }) => likely >= near[0].likely / 10).slice(0, mostExpansions);
}

/** The terms that a word stands for: itself, longer ones while it is typed, near ones where it is unknown. */
function expandWord(index, word, { prefix, edits, typing }) {
  const term = termOf(word, index.stopWords);
  if (!term && !prefix && !typing) return null;
  const found = new Map();
  const add = (other, boost) => {
    if (!found.has(other)) found.set(other, boost);
  };
  if (term && index.find(term)) add(term, 1);
  if (prefix || typing) {
    for (const longer of index.expand(word, mostExpansions)) add(longer, longer === term ? 1 : prefixBoost);
  }
  if (!found.size && typing) {
    // The typed part of a word is longer than its stem: `inferen` on the way to `inference`, stem `infer`.
    for (let length = word.length - 1; length >= Math.max(4, word.length - 3) && !found.size; length--) {
      if (index.find(word.slice(0, length))) add(word.slice(0, length), prefixBoost);
    }
  }
  if (edits) for (const near of findNear(index, term, edits)) add(near.term, near.boost);
  if (!found.size && !prefix && term) for (const near of forgive(index, term)) add(near.term, near.boost);
  if (!term && !found.size) return null;
  return [...found].map(([other, boost]) => ({ term: other, boost }));
}

/** A word as a clause: ways to satisfy it, each a list of slots that must all be filled by one of their terms. */
function makeClause(index, word, typing) {
  const clause = { sign: word.sign, fields: word.fields, ways: [] };
  if (word.years) {
    clause.ways.push([word.years.filter((year) => index.find(year)).map((year) => ({ term: year, boost: 1 }))]);
    return clause;
  }
  const joined = word.joined && index.find(stem(word.joined)) ? stem(word.joined) : "";
  if (joined) clause.ways.push([[{ term: joined, boost: 2 }]]);
  const slots = word.parts.map((part, at) => {
    const last = at === word.parts.length - 1;
    return expandWord(index, part, {
      prefix: last && word.prefix,
      edits: last ? word.edits : 0,
      typing: last && typing && !word.prefix && !word.edits,
    });
  });
  const known = slots.filter((slot) => slot !== null);
  if (known.length) clause.ways.push(known);
  return clause.ways.length ? clause : null;
}

function makeVectors(index, clauses) {
  const vectors = index.manifest.fields.map(() => new Map());
  for (const { sign, fields, ways } of clauses) {
    if (sign === "-") continue;
    for (const { term, boost } of ways.flat(2)) {
      index.manifest.fields.forEach((field, number) => {
        if (!fields || fields.includes(field.name)) {
          vectors[number].set(term, (vectors[number].get(term) ?? 0) + boost);
        }
      });
    }
  }
  return vectors;
}

function score(index, clauses) {
  const { fields, k1, b } = index.manifest;
  const scores = new Float64Array(index.size);
  const filled = new Map();
  const vectors = makeVectors(index, clauses);
  const magnitudes = vectors.map((vector) => Math.hypot(...vector.values()) || 1);
  const terms = new Set(clauses.flatMap((clause) => clause.ways.flat(2).map(({ term }) => term)));
  for (const term of terms) {
    const line = index.find(term);
    if (!line) continue;
    const postings = [];
    const holders = new Map();
    decodePostings(line, (field, document, length, frequency) => {
      postings.push(field, document, length, frequency);
      holders.set(document, (holders.get(document) ?? 0) | (1 << field));
    });
    filled.set(term, holders);
    const holding = postings.length / 4;
    const idf = Math.log(1 + Math.abs((index.size - holding + 0.5) / (holding + 0.5)));
    for (let at = 0; at < postings.length; at += 4) {
      const field = postings[at];
      const boost = vectors[field].get(term);
      if (boost === undefined) continue;
      const [length, frequency] = [postings[at + 2], postings[at + 3]];
      const norm = k1 * (1 - b + b * (length / fields[field].average)) + frequency;
      const weight = Math.round(((idf * ((k1 + 1) * frequency)) / norm) * fields[field].boost * 1000) / 1000;
      scores[postings[at + 1]] += (boost * weight) / magnitudes[field];
    }
  }
  return { scores, filled };
}

/** The documents that satisfy a clause. */
function satisfy(index, clause, filled) {
  const wanted = clause.fields
    ? index.manifest.fields.reduce((mask, field, at) => (clause.fields.includes(field.name) ? mask | (1 << at) : mask), 0)
    : -1;
  const found = new Set();
  for (const way of clause.ways) {
    const sets = way.map((slot) => {
      const documents = new Set();
      for (const { term } of slot) {
        for (const [document, mask] of filled.get(term) ?? []) if (mask & wanted) documents.add(document);
      }
      return documents;
    });
    const [first, ...others] = sets.sort((one, other) => one.size - other.size);
    for (const document of first ?? []) if (others.every((set) => set.has(document))) found.add(document);
  }
  return found;
}

/**
 * The documents for a query, best first: {documents, terms, whole}. `whole` of them have all words; the others
 * have some and fill the list up to ten. `typing` takes the last plain word for the beginning of one.
 */
export function rank(index, words, typing) {
  const lastPlain = typing ? words.length - 1 : -1;
  const clauses = words.map((word, at) => makeClause(index, word, at === lastPlain)).filter((clause) => clause !== null);
  const positive = clauses.filter((clause) => clause.sign !== "-");
  const { scores, filled } = score(index, clauses);
  const sets = positive.map((clause) => satisfy(index, clause, filled));
  const barred = new Set(clauses.filter(({ sign }) => sign === "-").flatMap((clause) => [...satisfy(index, clause, filled)]));
  const everything = () => Array.from({ length: index.size }, (_, number) => number);
  let candidates = sets.length ? [...new Set(sets.flatMap((set) => [...set]))] : clauses.length ? everything() : [];
  candidates = candidates.filter((document) => !barred.has(document));
  const order = (one, other) => scores[other] - scores[one] || one - other;
  const whole = candidates.filter((document) => sets.every((set) => set.has(document))).sort(order);
  const chosen = new Set(whole);
  const rest = candidates.filter(
    (document) => !chosen.has(document) && sets.every((set, at) => set.has(document) || isForgiven(positive[at])),
  );
  const more = whole.length < fewest ? rest.sort(order).slice(0, fewest - whole.length) : [];
  const terms = new Set(positive.flatMap((clause) => clause.ways.flat(2).map(({ term }) => term)));
  return { documents: [...whole, ...more], terms, whole: whole.length };
}

// Words that were asked for by a sign or in a field stay required when the list is filled up.
const isForgiven = (clause) => clause.sign === "" && clause.fields === null;
