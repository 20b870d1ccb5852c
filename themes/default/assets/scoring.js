/* Scoring as lunr 2.3 scores: BM25 weights of three decimals (k1, b and averages from the manifest), each
   field's sum divided by the magnitude of the query in that field. Arrays by document; no object a hit. */

/** The documents of a term in some fields, as a function of each of them once or more. */
export function forEachHolder(postings, mask, visit) {
  for (let at = 0; at < postings.length; at += 4) if ((mask >> postings[at]) & 1) visit(postings[at + 1], postings[at]);
}

/**
 * The score of every document. `terms` maps a term to {postings, boosts}: for each field how much the query
 * wants the term there, undefined where it does not ask for that field.
 */
export function score({ size, fields, manifest: { k1, b } }, terms) {
  const scores = new Float64Array(size);
  const squares = new Float64Array(fields.length);
  for (const { boosts } of terms.values()) boosts.forEach((boost, field) => (squares[field] += boost * boost));
  const magnitudes = squares.map((square) => Math.sqrt(square) || 1);
  for (const { postings, boosts } of terms.values()) {
    const holding = postings.length / 4;
    const idf = Math.log(1 + Math.abs((size - holding + 0.5) / (holding + 0.5)));
    for (let at = 0; at < postings.length; at += 4) {
      const field = postings[at];
      const wanted = boosts[field];
      if (wanted === undefined) continue;
      const { average, boost } = fields[field];
      const [length, frequency] = [postings[at + 2], postings[at + 3]];
      const norm = k1 * (1 - b + b * (length / average)) + frequency;
      const weight = Math.round(((idf * ((k1 + 1) * frequency)) / norm) * boost * 1000) / 1000;
      scores[postings[at + 1]] += (wanted * weight) / magnitudes[field];
    }
  }
  return scores;
}

/** Documents by falling score; of equal ones the newer first. At most `most`, all of them without it. */
export function order(documents, scores, most = Infinity) {
  const compare = (one, other) => scores[other] - scores[one] || other - one;
  if (documents.length <= most) return documents.sort(compare);
  // The best few of many, without ordering the rest: a sorted list of the best so far.
  const best = documents.slice(0, most).sort(compare);
  for (let at = most; at < documents.length; at++) {
    if (compare(documents[at], best[most - 1]) > 0) continue;
    let place = most - 1;
    while (place && compare(documents[at], best[place - 1]) < 0) best[place] = best[--place];
    best[place] = documents[at];
  }
  return best;
}
