/* Words near to a word, found by short ranges of two sorted lists: words, and words read backwards. */

import { readWord } from "./index.js";

/** Whether a word becomes another by at most so many edits, as lunr's fuzzy match counts them. */
export function isNear(word, other, edits) {
  if (Math.abs(word.length - other.length) > edits) return false;
  let same = 0;
  while (same < word.length && word[same] === other[same]) same++;
  const [left, right] = [word.slice(same), other.slice(same)];
  if (!left || !right) return left.length + right.length <= edits;
  if (!edits) return false;
  const swapped = left.length > 1 && right[0] === left[1];
  return (
    isNear(left.slice(1), right.slice(1), edits - 1) ||
    isNear(left.slice(1), right, edits - 1) ||
    isNear(left, right.slice(1), edits - 1) ||
    (swapped && isNear(left[0] + left.slice(2), right.slice(1), edits - 1))
  );
}

const reverse = (text) => [...text].reverse().join("");

/**
 * The words at most so many edits from a word: {word, bits, isTerm}. One edit, of two neighbours at most, leaves
 * the first half or what follows the middle letter whole. Two edits may leave only the middle: `all` looks there too.
 */
export async function findNear(index, word, edits, all = false) {
  const signs = [...word];
  const part = Math.floor(signs.length / (edits + 1));
  const start = all && edits > 1 ? "" : signs.slice(0, part).join("");
  const end = reverse(signs.slice(edits > 1 ? -part : part + 1).join(""));
  const lists = await Promise.all([index.range("words", start), start || edits < 2 ? index.range("endings", end) : []]);
  const found = new Map();
  lists.forEach((lines, backwards) => {
    for (const line of lines) {
      if (Math.abs(line.length - 1 - word.length) > edits) continue;
      const read = readWord(line);
      if (backwards) read.word = reverse(read.word);
      if (isNear(word, read.word, edits)) found.set(read.word, read);
    }
  });
  return [...found.values()];
}
