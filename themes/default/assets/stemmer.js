/* The stemmer of lunr.js 2.3.9 (Porter 1980 with its departures): the twin of search/stemmer.py. */

const C = "[^aeiou][^aeiouy]*";
const V = "[aeiouy][aeiou]*";
const moreThan0 = new RegExp(`^(?:${C})?${V}${C}`);
const exactly1 = new RegExp(`^(?:${C})?${V}${C}(?:${V})?$`);
const moreThan1 = new RegExp(`^(?:${C})?${V}${C}${V}${C}`);
const hasVowel = new RegExp(`^(?:${C})?[aeiouy]`);
const short = new RegExp(`^${C}[aeiouy][^aeiouwxy]$`);
const double = /([^aeiouylsz])\1$/;

const pairs = (text) => Object.fromEntries(text.split(" ").map((pair) => pair.split(":")));
const second = pairs(
  "ational:ate tional:tion enci:ence anci:ance izer:ize bli:ble alli:al entli:ent eli:e ousli:ous " +
    "ization:ize ation:ate ator:ate alism:al iveness:ive fulness:ful ousness:ous aliti:al iviti:ive " +
    "biliti:ble logi:log",
);
const third = pairs("icate:ic ative: alize:al iciti:ic ical:ic ful: ness:");
const secondForm = new RegExp(`^(.+?)(${Object.keys(second).join("|")})$`);
const thirdForm = new RegExp(`^(.+?)(${Object.keys(third).join("|")})$`);
const fourthForm = /^(.+?)(al|ance|ence|er|ic|able|ible|ant|ement|ment|ent|ou|ism|ate|iti|ous|ive|ize)$/;

function mend(word) {
  if (/(?:at|bl|iz)$/.test(word)) return `${word}e`;
  if (double.test(word)) return word.slice(0, -1);
  return short.test(word) ? `${word}e` : word;
}

function dropPast(word) {
  if (word.endsWith("eed") && word.length > 3) return moreThan0.test(word.slice(0, -3)) ? word.slice(0, -1) : word;
  for (const ending of ["ed", "ing"]) {
    if (word.endsWith(ending) && word.length > ending.length) {
      const rest = word.slice(0, -ending.length);
      return hasVowel.test(rest) ? mend(rest) : word;
    }
  }
  return word;
}

function replace(word, form, endings) {
  const match = form.exec(word);
  return match && moreThan0.test(match[1]) ? match[1] + endings[match[2]] : word;
}

function dropFourth(word) {
  const match = fourthForm.exec(word);
  if (match) return moreThan1.test(match[1]) ? match[1] : word;
  const rest = word.slice(0, -3);
  return /[st]ion$/.test(word) && word.length > 4 && moreThan1.test(rest) ? rest : word;
}

function dropLast(word) {
  if (word.endsWith("e") && word.length > 1) {
    const rest = word.slice(0, -1);
    if (moreThan1.test(rest) || (exactly1.test(rest) && !short.test(rest))) word = rest;
  }
  return word.endsWith("ll") && moreThan1.test(word) ? word.slice(0, -1) : word;
}

/** The stem of a word in lower case; words of fewer than three characters are their own. */
export function stem(word) {
  if (word.length < 3) return word;
  const firstY = word[0] === "y";
  if (firstY) word = `Y${word.slice(1)}`;
  if ((word.length > 4 && word.endsWith("sses")) || (word.length > 3 && word.endsWith("ies"))) word = word.slice(0, -2);
  else if (word.endsWith("s") && word.at(-2) !== "s") word = word.slice(0, -1);
  word = dropPast(word);
  if (word.length > 2 && /[^aeiou]y$/.test(word)) word = `${word.slice(0, -1)}i`;
  word = dropLast(dropFourth(replace(replace(word, secondForm, second), thirdForm, third)));
  return firstY ? `y${word.slice(1)}` : word;
}
