// A queue of rows to review over all pages, the running estimate, and the sheet of keys.
"use strict";
const gongbaoQueue = (() => {
  const element = gongbaoElement;
  const KEY = "gongbao-queue";
  const KEYS = [
    ["n p", "next, previous mark of the layers that are on"], ["Tab, Enter", "next mark, choose it"],
    ["a r c u", "accept, reject, correct, undo"], ["o", "accept the owners of a target"],
    ["j", "next mark that nobody judged"], ["d", "the most doubtful one on this page"], ["x", "next one in conflict"],
    [". ,", "next, previous row of the queue"], ["select text", "label a row that is missing"],
    ["/", "search"], ["Esc", "close the form, then the panel"], ["?", "this sheet"],
  ];
  const load = () => JSON.parse(localStorage.getItem(KEY) ?? "null");
  const save = (queue) => (queue ? localStorage.setItem(KEY, JSON.stringify(queue)) : localStorage.removeItem(KEY));
  const idOf = ([issue, , place]) => issue + place;
  const here = () => decodeURIComponent(location.hash.slice(1));

  /** The queue, where the chosen row is its current one. */
  const current = () => {
    const queue = load();
    return queue && queue.items[queue.at] && idOf(queue.items[queue.at]) === here() ? queue : null;
  };
  const open = (queue, root) => {
    const [issue, page] = queue.items[queue.at];
    const path = `issues/${issue}/${page}.html`;
    if (location.pathname.endsWith(path) && globalThis.gongbaoDocument) gongbaoDocument.choose(gongbaoDocument.numberOf(idOf(queue.items[queue.at])) ?? -1);
    else location.assign(`${root ?? document.documentElement.dataset.root}${path}#${idOf(queue.items[queue.at])}`);
  };
  const step = (by) => {
    const queue = load();
    if (!queue) return;
    const at = queue.at + by;
    if (at < 0) return;
    if (at >= queue.items.length) {
      save(null);
      location.assign(`${document.documentElement.dataset.root}review.html#done`);
      return;
    }
    save({ ...queue, at });
    open({ ...queue, at });
  };

  /** Wilson's 95 % interval. */
  const wilson = (right, judged) => {
    const z = 1.959963984540054;
    const share = right / judged;
    const middle = share + (z * z) / (2 * judged);
    const reach = z * Math.sqrt((share * (1 - share)) / judged + (z * z) / (4 * judged * judged));
    const whole = 1 + (z * z) / judged;
    return [Math.max(0, (middle - reach) / whole), Math.min(1, (middle + reach) / whole)];
  };
  const estimate = (entries) => {
    const judged = entries.filter(({ verdict }) => verdict !== "added");
    if (!judged.length) return "";
    const right = judged.filter(({ verdict }) => verdict === "accept").length;
    const [low, high] = wilson(right, judged.length);
    return `right ${right} of ${judged.length}: ${(right / judged.length).toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;
  };
  const progress = () => {
    const queue = current();
    if (!queue) return [];
    const stop = element("button", { type: "button" }, "Stop");
    stop.addEventListener("click", () => {
      save(null);
      location.reload();
    });
    return [element("p", {}, `${queue.name}: ${queue.at + 1} of ${queue.items.length} `, stop)];
  };

  const help = () => {
    const sheet = element("dialog", { className: "keys", ariaLabel: "Keys" }, element("h2", {}, "Keys"),
      element("dl", {}, ...KEYS.map(([key, does]) => element("div", {}, element("dt", {}, element("kbd", {}, key)), element("dd", {}, does)))));
    const close = element("button", { type: "button", className: "main" }, "Close");
    close.addEventListener("click", () => sheet.close());
    sheet.append(close);
    sheet.addEventListener("close", () => sheet.remove());
    document.body.append(sheet);
    sheet.showModal();
  };

  document.addEventListener("keydown", (event) => {
    const typed = event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, form");
    if (event.key !== "?" || typed || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    help();
  });

  /** A generator of numbers from 0 to 1 that a seed settles (mulberry32). */
  const numbersOf = (seed) => {
    let state = seed >>> 0;
    return () => {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
  };
  /** *count* of *items*, the same ones for the same seed. */
  const sample = (items, count, seed) => {
    const next = numbersOf(seed);
    const left = [...items];
    for (let at = 0; at < Math.min(count, left.length); at += 1) {
      const other = at + Math.floor(next() * (left.length - at));
      [left[at], left[other]] = [left[other], left[at]];
    }
    return left.slice(0, count);
  };

  return { current, forward: () => step(1), back: () => step(-1), begin: (queue, root) => { save(queue); open(queue, root); }, estimate, progress, help, sample, wilson };
})();
