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

/** The parts of a row's explanation; null where the site has none. */
const gongbaoLoadWhy = async ({ issue, page }, id) => {
  const known = () => globalThis.gongbaoWhy?.[id];
  if (!known()) await gongbaoLoadScript(document.documentElement.dataset.why === "server" ? `why/${id}.js` : `issues/${issue.id}/${page.name}.why.js`);
  return known() ?? null;
};

/** Elements without markup in strings: tag, properties, children. */
const gongbaoElement = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
