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

/** Elements without markup in strings: tag, properties, children. */
const gongbaoElement = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
