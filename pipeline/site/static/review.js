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
      element("p", { className: "buttons" }, `${entries.length} reviewed `, save, clear),
      element("div", { className: "scroll" }, element("table", {}, head, element("tbody", {}, ...entries.map((entry) => line(issue, pages, entry))))));
  };

  const show = async () => place.replaceChildren(...(await Promise.all(known.map(section))));
  show();
}
