/* The plan that decides which papers a query finds: all words first, some words after; words that no paper
   has are forgiven one or two edits. Which words stand where is a bit for each slot of the query. */

import { findNear } from "./near.js";
import { forEachHolder, order, score } from "./scoring.js";
import { stem } from "./stemmer.js";
import { isSign, splitCompounds, termOf } from "./tokens.js";

const fewest = 10;
const mostExpansions = 32;
const mostSlots = 30;
const prefixBoost = 0.3;
const phraseLength = 5;
const certain = 3;
const isPlain = ({ sign, fields, phrase, years }) => !sign && !fields && !phrase && !years;
const headline = ["title", "authors", "tags", "venue", "year", "id"];

/** Terms while they are typed: the longest lists of postings stand for the words most likely meant. */
async function expandTyped(index, word) {
  const lines = await index.range("terms", word, 2);
  lines.sort((one, other) => other.length - one.length);
  return lines.slice(0, mostExpansions).map((line) => line.slice(0, line.indexOf("\t")));
}

/**
 * The terms that a word was meant for. A word is rather misspelt from a frequent one than from a rare one, and
 * rather inside than at its first letter.
 */
async function forgive(index, word, edits) {
  const [likely, words] = [new Map(), new Map()];
  for (const { word: other, bits } of await findNear(index, word, edits)) {
    const term = termOf(other, index.stopWords);
    const value = 2 ** bits * (other[0] === word[0] ? 10 : 1);
    if (!term || other === word || value <= (likely.get(term) ?? 0)) continue;
    likely.set(term, value);
    words.set(term, other);
  }
  const best = Math.max(...likely.values());
  const found = [...likely].filter(([, value]) => value >= best / 1000).sort((one, other) => other[1] - one[1]);
  return { terms: found.slice(0, mostExpansions).map(([term]) => [term, 0.7 / edits]), meant: words.get(found[0]?.[0]) };
}

/** The terms that a word stands for, with their boosts; null for a stop word. What it was `meant` for is noted. */
async function expandWord(index, word, { prefix, edits, typing, lenient }) {
  const term = termOf(word, index.stopWords);
  const found = new Map();
  const add = (terms) => terms.forEach(([other, boost]) => found.has(other) || found.set(other, boost));
  if (term && (await index.postings(term))) add([[term, 1]]);
  if (prefix) add((await index.range("terms", word)).map((line) => [line.slice(0, line.indexOf("\t")), prefixBoost]));
  if (typing) {
    add((await expandTyped(index, word)).map((other) => [other, other === term ? 1 : prefixBoost]));
    // The typed part of a word is longer than its stem: `inferen` on the way to `inference`, stem `infer`.
    for (let length = word.length - 1; length >= Math.max(4, word.length - 3) && !found.size; length--) {
      if (await index.postings(word.slice(0, length))) add([[word.slice(0, length), prefixBoost]]);
    }
  }
  if (edits) {
    for (const near of await findNear(index, term, edits, true)) {
      if (near.isTerm) add([[near.word, near.word === term ? 1 : 0.7 / edits]]);
    }
  }
  if (!term && !found.size) return null;
  const known = found.size > 0;
  const slot = { meant: "" };
  const addNear = async (distance) => {
    const { terms, meant } = await forgive(index, word, distance);
    add(terms);
    if (!known && terms.length) slot.meant = meant;
  };
  if ((!known || lenient) && !prefix && !edits && word.length > 3) await addNear(1);
  if (!found.size && !prefix && !edits && word.length > 6) await addNear(2);
  return Object.assign([...found], slot);
}

const maskOf = (index, names) =>
  index.fields.reduce((mask, { name }, at) => (!names || names.includes(name) ? mask | (1 << at) : mask), 0);

/** A word as a clause: ways to satisfy it, each a list of slots that must all be filled by one of their terms. */
async function makeClause(index, word, typing, lenient) {
  const clause = { sign: word.sign, mask: maskOf(index, word.fields), plain: !word.fields && !word.sign, ways: [] };
  if (word.years) {
    clause.ways.push([word.years.map((year) => [year, 1])]);
    return clause;
  }
  if (word.phrase) {
    const terms = word.parts.map((part) => termOf(part, index.stopWords));
    clause.phrase = terms.some(Boolean) && terms.length > 1 ? terms : null;
    clause.plain = false;
    clause.ways.push(terms.filter(Boolean).map((term) => [[term, 1]]));
    return clause.ways[0].length ? clause : null;
  }
  const joined = word.joined && stem(word.joined);
  if (joined && (await index.postings(joined))) clause.ways.push([[[joined, 2]]]);
  const slots = await Promise.all(
    word.parts.map((part, at) => {
      const last = at === word.parts.length - 1;
      const [prefix, edits] = [isSign(part) || (last && word.prefix), last && word.edits];
      return expandWord(index, part, { prefix, edits, typing: last && typing && !prefix && !edits, lenient });
    }),
  );
  const known = slots.filter((slot) => slot !== null);
  if (known.length) clause.ways.push(known);
  clause.mended = word.parts.flatMap((part, at) => (slots[at]?.meant ? [[part, slots[at].meant]] : []));
  if (isPlain(word) && !word.prefix && !word.edits && /^\p{L}{5,}$/u.test(word.parts.join(" "))) clause.word = word.parts[0];
  return clause.ways.length ? clause : null;
}

/**
 * The documents where a phrase's words follow each other in one of the fields: rare words first, then the rest need no look.
 * `loose` is sure enough when one document is left, or after three words of those that half of the papers have.
 */
async function findPhrase(index, { phrase, mask, loose = false }) {
  const parts = await Promise.all([...phrase.entries()].map(async ([offset, term]) => ({ offset, term, postings: term ? await index.postings(term) : [] })));
  if (parts.some(({ postings }) => !postings)) return [];
  let starts = null;
  const known = parts.filter(({ term }) => term).sort((one, other) => one.postings.length - other.postings.length);
  for (const [place, { offset, term, postings }] of known.entries()) {
    if (starts && starts.size <= Number(loose)) break;
    if (loose && place >= certain && postings.length > 2 * index.size) break;
    const lists = await index.positions(term, postings);
    const next = new Map();
    lists.forEach((positions, number) => {
      const [field, document] = [postings[number * 4], postings[number * 4 + 1]];
      if (!((mask >> field) & 1)) return;
      const key = document * 16 + field;
      const before = starts?.get(key);
      const kept = positions.map((place) => place - offset).filter((place) => !starts || before?.includes(place));
      if (kept.length) next.set(key, kept);
    });
    starts = next;
  }
  return [...starts.keys()].map((key) => Math.floor(key / 16));
}

/** What is to be loaded and counted for the clauses: terms with their postings and boosts, a bit for each slot. */
async function prepare(index, clauses) {
  const terms = new Map();
  const slots = [];
  for (const clause of clauses) {
    clause.bits = [];
    for (const way of clause.ways) {
      let bits = 0;
      for (const slot of way) {
        if (slots.length === mostSlots) break;
        bits |= 1 << slots.length;
        slots.push({ terms: slot.map(([term]) => term), mask: clause.mask });
        if (clause.sign === "-") continue;
        for (const [term, boost] of slot) {
          if (!terms.has(term)) terms.set(term, { boosts: [] });
          const { boosts } = terms.get(term);
          for (let field = 0; field < index.fields.length; field++) {
            if ((clause.mask >> field) & 1) boosts[field] = (boosts[field] ?? 0) + boost;
          }
        }
      }
      clause.bits.push(bits);
    }
    if (clause.phrase && slots.length < mostSlots) {
      slots.push({ documents: await findPhrase(index, clause), mask: 0, terms: [] });
      clause.bits = clause.bits.map((bits) => bits | (1 << (slots.length - 1)));
    }
  }
  const wanted = [...new Set([...terms.keys(), ...slots.flatMap((slot) => slot.terms)])];
  const loaded = new Map(await Promise.all(wanted.map(async (term) => [term, await index.postings(term)])));
  for (const [term, item] of terms) {
    item.postings = loaded.get(term) ?? new Int32Array(0);
    // A term that no document has is none of the query's, as lunr expands it.
    if (!loaded.get(term)) terms.delete(term);
  }
  return { terms, slots, loaded };
}

function count(index, { slots, loaded }) {
  const [seen, top] = [new Int32Array(index.size), new Int32Array(index.size)];
  const head = maskOf(index, headline);
  slots.forEach(({ terms, mask, documents = [] }, number) => {
    const bit = 1 << number;
    for (const document of documents) {
      seen[document] |= bit;
      top[document] |= bit;
    }
    for (const term of terms) {
      forEachHolder(loaded.get(term) ?? [], mask, (document, field) => {
        seen[document] |= bit;
        if ((head >> field) & 1) top[document] |= bit;
      });
    }
  });
  return { seen, top };
}

const fits = (bits, mask) => bits.some((wanted) => (mask & wanted) === wanted);

/** The documents that have all words, those that have some, and how many words each has, from the bits of each. */
function choose(index, clauses, seen, passes) {
  const positive = clauses.filter(({ sign }) => sign !== "-");
  const barred = clauses.filter(({ sign }) => sign === "-");
  const strict = positive.filter(({ plain }) => !plain);
  const [matched, whole, some] = [[], [], []];
  const held = new Uint8Array(index.size);
  for (let document = 0; document < index.size; document++) {
    const mask = seen[document];
    if (positive.length && !mask) continue;
    if (barred.some(({ bits }) => fits(bits, mask))) continue;
    for (const { bits } of positive) held[document] += fits(bits, mask);
    if (held[document] === positive.length) {
      matched.push(document);
      if (!passes(document)) continue;
      whole.push(document);
    } else if (held[document] && passes(document) && strict.every(({ bits }) => fits(bits, mask))) some.push(document);
  }
  return { matched, whole, some, held };
}

/**
 * The documents for clauses {sign, mask, plain, ways}, and the score of every document: what lunr finds with the
 * same terms, fields and boosts is `whole` and `some` together.
 */
export async function evaluate(index, clauses, passes = () => true) {
  const plan = await prepare(index, clauses);
  const { seen, top } = count(index, plan);
  const scores = score(index, plan.terms);
  return { ...choose(index, clauses, seen, passes), scores, top, terms: new Set(plan.terms.keys()) };
}

/** Five plain words or more may have been copied from a text: papers where they follow each other come first. */
async function liftPhrase(index, words, { matched, scores }) {
  const parts = words.flatMap((word) => word.parts);
  if (parts.length < phraseLength || matched.length < 2 || !words.every(isPlain)) return;
  const phrase = parts.map((part) => termOf(part, index.stopWords));
  if (phrase.filter(Boolean).length < 2) return;
  for (const document of await findPhrase(index, { phrase, mask: maskOf(index, null), loose: true })) scores[document] *= 4;
}

/**
 * A rare word of the query and the frequent one that it is a typo of, or null: [typed, meant]. Certain enough is a word
 * of five letters that at most three papers have, in their texts alone, and one edit from it a word that begins alike,
 * is sixteen times as frequent, and with which more papers have all words.
 */
async function findLikelier(index, clauses, matched) {
  if (matched >= fewest) return null;
  const head = maskOf(index, headline);
  const rare = await Promise.all(
    clauses.map(async (clause, at) => {
      const postings = clause.word && (await index.postings(termOf(clause.word, index.stopWords)));
      let isHeading = false;
      forEachHolder(postings ?? [], head, () => (isHeading = true));
      return postings && !isHeading && postings.length <= 3 * 4 ? [{ clause, at, size: postings.length }] : [];
    }),
  );
  const [found] = rare.flat().sort((one, other) => one.size - other.size);
  if (!found) return null;
  const { word } = found.clause;
  const near = await findNear(index, word, 1);
  const own = near.find((one) => one.word === word)?.bits ?? 0;
  const [best] = near.filter((one) => one.word[0] === word[0] && one.bits >= own + 4).sort((one, other) => other.bits - one.bits || (one.word < other.word ? -1 : 1));
  const term = best && termOf(best.word, index.stopWords);
  if (!term || term === termOf(word, index.stopWords)) return null;
  const meant = await evaluate(index, clauses.map((one, at) => (at === found.at ? { ...one, ways: [[[[term, 1]]]] } : one)));
  return meant.matched.length > matched ? [word, best.word] : null;
}

/**
 * Of documents with some of the words those with most of them first, up to ten in all. Where none has all of three
 * words or more: every document with as many of them as any has, if that is more than half. `least` is how many words
 * each has, `asked` how many there are.
 */
function pickSome({ matched, some, scores, held, asked, most }) {
  const isMost = !matched.length && asked > 2 && most * 2 > asked;
  const few = Math.max(0, fewest - matched.length, isMost ? some.filter((document) => held[document] === most).length : 0);
  // More words count more than any score.
  const places = scores.map((value, document) => value + held[document] * 1e6);
  const picked = order(some, places, few).slice(0, few);
  return { some: picked, least: Math.min(...picked.map((document) => held[document])) };
}

/**
 * The documents for a query: {matched, whole, some, scores, terms, mended, likely, asked, least}; `mended` are words that
 * no paper has, each with the word that it was meant for; `likely` is a rare word with the one that it may be a typo
 * of; `matched` have all words, `whole` are those of
 * them that `passes` lets in, `some` fill the list up to
 * ten. `typing` takes the last plain word for the beginning of one; facets make `passes`.
 */
export async function rank(index, words, typing, passes = () => true) {
  let [result, typed, exact] = [null, null, null];
  for (const lenient of [false, true]) {
    const last = typing ? words.length - 1 : -1;
    const made = await Promise.all(words.map((word, at) => makeClause(index, word, at === last && !word.phrase, lenient && !word.sign)));
    const clauses = made.filter((clause) => clause !== null);
    typed ??= clauses;
    if (!clauses.length) {
      // Nothing was asked for but what the facets say.
      const matched = words.length ? [] : Array.from({ length: index.size }, (_, number) => number);
      return { matched, whole: matched.filter(passes), some: [], scores: new Float64Array(index.size), terms: new Set() };
    }
    result = await evaluate(index, clauses, passes);
    result.mended = clauses.flatMap(({ mended = [] }) => mended);
    exact ??= result.matched.length;
    const { whole, some, held, scores, top } = result;
    const positive = clauses.filter(({ sign }) => sign !== "-");
    result.asked = positive.length;
    result.most = some.reduce((most, document) => Math.max(most, held[document]), 0);
    // All words in the title, the names and the like: what a known paper is looked up by.
    for (const document of whole) if (positive.every(({ bits }) => fits(bits, top[document]))) scores[document] *= 3;
    await liftPhrase(index, words, result);
    // Known words that no paper has together: one of them may be a typo that stands somewhere else. Of many words most
    // find the paper without it.
    const count = clauses.filter(({ plain }) => plain).length;
    if (result.matched.length || count < 2 || (count >= phraseLength && result.most * 2 > result.asked)) break;
  }
  const likely = typing || result.mended.length ? null : await findLikelier(index, typed, exact);
  return { ...result, ...pickSome(result), likely };
}

/**
 * How many of the typed words stand as they were typed in a document's title or authors. Of many authors its record
 * names a few: there the postings tell.
 */
async function countTyped(index, typed, document) {
  const { title, authors } = await index.record(document);
  const held = new Set(splitCompounds(`${title} ${authors}`).flatMap(({ parts, joined }) => [...parts, joined]));
  let count = 0;
  for (const word of typed) {
    let found = held.has(word);
    // Their number stands in the words of any language; names have none.
    if (!found && /\p{Nd}/u.test(authors)) {
      const names = maskOf(index, ["authors"]);
      forEachHolder((await index.postings(termOf(word, index.stopWords))) ?? [], names, (one) => (found ||= one === document));
    }
    count += found;
  }
  return count;
}

/**
 * The best documents of a result, at most ten, in the order they are shown in: those with more of the words as
 * they were typed in title or authors come first, for a stem stands for several words.
 */
export async function pickBest(index, words, { whole, some, scores }) {
  const best = order([...whole], scores, fewest).slice(0, fewest);
  const typed = words.filter((word) => isPlain(word) && !word.joined).flatMap(({ parts }) => parts);
  if (typed.length > 1 && typed.length < phraseLength) {
    const counts = await Promise.all(best.map((document) => countTyped(index, typed, document)));
    const places = [...best.keys()].sort((one, other) => counts[other] - counts[one] || one - other);
    return [...places.map((at) => best[at]), ...some];
  }
  return [...best, ...some];
}
