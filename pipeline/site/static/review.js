// All verdicts kept in this browser, issue by issue, with the download of each label set.
"use strict";
{
  const element = gongbaoElement;
  const known = JSON.parse(document.getElementById("known").textContent);
  const place = document.getElementById("issues");

  const line = (issue, pages, [id, { verdict, label }]) => {
    const page = pages.find(({ stretches }) => stretches.some(([start, end]) => start <= label.start && label.start < end));
    const says = Object.entries(label).filter(([name]) => !["t", "start", "end", "text"].includes(name));
    return element("tr", {},
      element("td", {}, verdict),
      element("td", { lang: "zh-Hans" }, element("a", { href: `issues/${issue.id}/${page?.name ?? "front"}.html#${id}` }, label.text)),
      element("td", { className: "words", lang: "zh-Hans" }, says.filter(([, content]) => content !== null).map(([name, content]) => `${name} ${content}`).join(" · ")));
  };

  const section = async (issue) => {
    const verdicts = gongbaoLabels.load(issue.id);
    const entries = Object.entries(verdicts).sort(([, a], [, b]) => a.label.start - b.label.start);
    const heading = element("h2", { lang: "zh-Hans" }, issue.title);
    if (!entries.length) return element("section", {}, heading, element("p", { className: "soft" }, "Nothing reviewed yet."));
    const { pages } = await gongbaoLoadText(issue.id);
    const save = element("button", { type: "button", className: "main" }, "Download labels");
    save.addEventListener("click", () => gongbaoLabels.download(issue.id));
    const clear = element("button", { type: "button" }, "Forget all");
    clear.addEventListener("click", () => {
      if (!confirm(`Forget ${entries.length} verdicts on ${issue.title}?`)) return;
      gongbaoLabels.save(issue.id, {});
      show();
    });
    const head = element("thead", {}, element("tr", {}, ...["verdict", "text", "label"].map((name) => element("th", { scope: "col" }, name))));
    return element("section", {}, heading,
      element("p", { className: "buttons" }, `${entries.length} reviewed · ${gongbaoQueue.estimate(entries.map(([, entry]) => entry))} `, save, clear),
      element("div", { className: "scroll" }, element("table", {}, head, element("tbody", {}, ...entries.map((entry) => line(issue, pages, entry))))));
  };

  // ---- queues
  const form = document.getElementById("queue");
  const ORDERS = {
    unjudged: (rows) => rows,
    doubtful: (rows) => rows.toSorted((a, b) => (a[3] ?? 2) - (b[3] ?? 2)),
    conflict: (rows) => rows.filter((row) => row[4]),
    random: (rows) => rows,
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { order, count, seed, of } = form.elements;
    const issues = known.filter(({ id }) => !of.value || id === of.value);
    const rows = [];
    for (const { id } of issues) {
      const loaded = () => (globalThis.gongbaoQueues ?? []).find(({ issue }) => issue.id === id);
      if (!loaded()) await gongbaoLoadScript(`data/${id}.queue.js`);
      const verdicts = gongbaoLabels.load(id);
      for (const [place, page, confidence, conflict] of loaded()?.rows ?? []) {
        if (!(id + place in verdicts)) rows.push([id, page, place, confidence, conflict]);
      }
    }
    const most = Number(count.value);
    const ordered = ORDERS[order.value](rows);
    const items = order.value === "random" ? gongbaoQueue.sample(ordered, most, Number(seed.value)) : ordered.slice(0, most);
    const name = order.value === "random" ? `random, seed ${seed.value}` : order.value;
    if (items.length) gongbaoQueue.begin({ name, at: 0, items: items.map((item) => item.slice(0, 3)) }, "");
    else document.getElementById("queue-said").textContent = "Nothing is left for such a queue.";
  });
  if (location.hash === "#done") document.getElementById("queue-said").textContent = "The queue is done.";

  const show = async () => place.replaceChildren(...(await Promise.all(known.map(section))));
  show();
}
