/* Text to terms: the twin of search/tokens.py, so that the index and the query speak of the same terms. */

import { stem } from "./stemmer.js";

const names =
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon " +
  "phi chi psi omega";
const greek = Object.fromEntries(names.split(" ").map((name, at) => ["αβγδεζηθικλμνξοπρστυφχψω"[at], name]));
const cjk = "\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff";
const word = "[\\p{L}\\p{N}]+";
const joint = "(?:[-‐‑'’._/+]|\\*-)";
const compound = new RegExp(`${word}(?:${joint}${word})*`, "gu");
const part = new RegExp(word, "gu");
const runs = new RegExp(`[${cjk}]+|[^${cjk}]+`, "gu");
const ideograph = new RegExp(`[${cjk}]`, "u");
const signed = /(^|[^\p{L}\p{N}])([a-z])(\+\+|#)(?![a-z+#])/gu;
const marked = "[\\p{L}\\p{N}\\p{M}]+(?:\\+\\+|#)?";
const shown = new RegExp(marked, "gu");
const shownCompound = new RegExp(`${marked}(?:${joint}${marked})*`, "gu");
const longest = 60;

const cut = (text) => [...text].slice(0, longest).join("");

/** The text in lower case without accents, compatibility forms resolved. */
export function fold(text) {
  return text.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "").normalize("NFC");
}

function splitScripts(piece) {
  if (!ideograph.test(piece)) return [cut(Object.hasOwn(greek, piece) ? greek[piece] : piece)];
  return piece.match(runs).flatMap((run) => {
    const signs = [...run];
    if (!ideograph.test(run) || signs.length < 2) return [cut(run)];
    return signs.slice(1).map((sign, at) => signs[at] + sign);
  });
}

/** Each word of a text as {parts, joined}: folded, not stemmed; joined is empty where there is one part. */
export function splitCompounds(text) {
  const named = fold(text).replace(signed, (_, before, letter, sign) => `${before}${letter}${sign < "+" ? "sharp" : "plusplus"}-`);
  return (named.match(compound) ?? []).map((whole) => {
    const parts = whole.match(part).flatMap(splitScripts);
    const joined = parts.length > 1 && !ideograph.test(whole) ? parts.join("") : "";
    return { parts, joined: [...joined].length <= longest ? joined : "" };
  });
}

/** Whether a part is one Chinese, Japanese or Korean character: the beginning of the pairs that hold it. */
export const isSign = (part) => part.length < 2 && ideograph.test(part);

/** The term of a word, or the empty text for a stop word. */
export function termOf(word, stopWords) {
  return stopWords.has(word) ? "" : stem(word);
}

/** The text as [piece, isMatch] pairs in order: a piece matches where one of its terms is in the set. */
export function markTerms(text, terms) {
  const pieces = [];
  let last = 0;
  const push = (start, end) => {
    if (start > last) pieces.push([text.slice(last, start), false]);
    pieces.push([text.slice(start, end), true]);
    last = end;
  };
  for (const whole of text.matchAll(shownCompound)) {
    const [split] = splitCompounds(whole[0]);
    if (split?.joined && terms.has(stem(split.joined))) {
      push(whole.index, whole.index + whole[0].length);
      continue;
    }
    for (const piece of whole[0].matchAll(shown)) {
      const found = splitCompounds(piece[0]).some(({ parts }) => parts.some((one) => terms.has(stem(one))));
      if (found) push(whole.index + piece.index, whole.index + piece.index + piece[0].length);
    }
  }
  if (last < text.length) pieces.push([text.slice(last), false]);
  return pieces;
}
