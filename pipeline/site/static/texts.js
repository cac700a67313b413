// The text of an issue, loaded when it is asked for: pages opened from a file may add scripts but not fetch.
"use strict";
const gongbaoLoadText = (issueId) =>
  new Promise((resolve, reject) => {
    const known = () => (globalThis.gongbaoTexts ?? []).find((entry) => entry.issue.id === issueId);
    if (known()) {
      resolve(known());
      return;
    }
    const script = document.createElement("script");
    script.src = `${document.documentElement.dataset.root}data/${issueId}.js`;
    script.addEventListener("load", () => resolve(known()));
    script.addEventListener("error", () => reject(new Error(`the text of ${issueId} is not there`)));
    document.head.append(script);
  });

const gongbaoLoadScript = (path) =>
  new Promise((resolve) => {
    const script = document.createElement("script");
    script.src = document.documentElement.dataset.root + path;
    script.addEventListener("load", () => resolve(true));
    script.addEventListener("error", () => resolve(false));
    document.head.append(script);
  });

/** What a packed data file holds: compressed JSON in Base64. */
const gongbaoUnpack = async (packed) => {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return JSON.parse(await new Response(stream).text());
};

/** The parts of a row's explanation; null where the site has none. */
const gongbaoLoadWhy = (() => {
  const known = new Map();
  const pairs = (numbers, strings) =>
    Array.from({ length: numbers.length / 2 }, (_, index) => ({ label: strings[numbers[2 * index]], text: strings[numbers[2 * index + 1]] }));
  return async ({ issue, page }, id) => {
    if (!known.has(id)) {
      globalThis.gongbaoPacked = null;
      await gongbaoLoadScript(document.documentElement.dataset.why === "server" ? `why/${id}.js` : `issues/${issue.id}/${page.name}.why.js`);
      if (globalThis.gongbaoPacked === null) return null;
      const { strings, rows } = await gongbaoUnpack(globalThis.gongbaoPacked);
      for (const [row, parts] of Object.entries(rows)) known.set(row, parts.map(([title, ...numbers]) => ({ title: strings[title], lines: pairs(numbers, strings) })));
    }
    return known.get(id) ?? null;
  };
})();

/** Elements without markup in strings: tag, properties, children. */
const gongbaoElement = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
