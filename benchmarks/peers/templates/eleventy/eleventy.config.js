/* What Eleventy builds of the same papers. */
const SIZE = 50;

const cut = (section, slug, title, papers) => {
  const first = `/${section}/${slug ? `${slug}/` : ""}`;
  const count = Math.max(1, Math.ceil(papers.length / SIZE));
  const url = (number) => (number > 1 ? `${first}page/${number}/` : first);
  return Array.from({ length: count }, (_, at) => ({
    url: url(at + 1),
    title,
    papers: papers.slice(at * SIZE, (at + 1) * SIZE).map(({ url, data }) => ({ url, title: data.title, names: data.names.join(", "), year: data.year })),
    previous: at ? url(at) : "",
    next: at + 1 < count ? url(at + 2) : "",
  }));
};

const group = (papers, find) => {
  const found = new Map();
  for (const paper of papers) for (const [slug, title] of find(paper.data)) {
    if (!found.has(slug)) found.set(slug, { title, papers: [] });
    found.get(slug).papers.push(paper);
  }
  return found;
};

module.exports = (config) => {
  const read = (api) => api.getFilteredByGlob("content/papers/*.md").sort((one, other) => other.data.year - one.data.year);
  const sections = (papers) => ({
    authors: group(papers, ({ authors, names }) => authors.map((slug, at) => [slug, names[at]])),
    venues: group(papers, ({ venue }) => [[venue, venue]]),
    years: group(papers, ({ year }) => [[String(year), String(year)]]),
  });
  config.addCollection("papers", read);
  config.addCollection("newest", (api) => read(api).slice(0, SIZE));
  config.addCollection("lists", (api) => {
    const papers = read(api);
    const lists = Object.entries(sections(papers)).flatMap(([section, found]) => [...found].flatMap(([slug, { title, papers }]) => cut(section, slug, title, papers)));
    return [...cut("papers", "", "Papers", papers), ...lists];
  });
  config.addCollection("terms", (api) =>
    Object.entries(sections(read(api))).map(([section, found]) => ({
      section,
      terms: [...found].map(([slug, { title, papers }]) => ({ slug, title, count: papers.length })).sort((one, other) => (one.title < other.title ? -1 : 1)),
    })),
  );
  return { dir: { input: "content", includes: "../_includes" }, markdownTemplateEngine: false };
};
