// One document: marks, legend, walking, choosing, judging.
"use strict";
const gongbaoDocument = (() => {
  const element = gongbaoElement;
  const data = globalThis.gongbaoPage;
  const marks = data.marks;
  const text = document.getElementById("text");
  const panel = document.getElementById("panel");
  const SIGNS = { accept: "accepted", reject: "rejected", correct: "corrected" };
  const off = new Set(JSON.parse(localStorage.getItem("gongbao-layers-off") ?? "[]"));
  const idOf = ([dataset, place]) => {
    const key = globalThis.gongbaoSchema.keys[dataset];
    return key ? data.rows[dataset][place][data.columns[dataset].indexOf(key)] : `${dataset}/${place}`;
  };
  const numbers = new Map(marks.map((mark, number) => [idOf(mark), number]));
  const elements = new Map();
  let verdicts = gongbaoLabels.load(data.issue.id);
  let chosen = -1;

  for (const item of text.querySelectorAll("[data-m]")) {
    for (const number of item.dataset.m.split(" ")) {
      if (!elements.has(number)) elements.set(number, []);
      elements.get(number).push(item);
    }
  }
  const elementsOf = (number) => elements.get(String(number)) ?? [];
  const numberOf = (id) => numbers.get(id);
  const isShown = (number) => !off.has(marks[number][4]);

  // ---- legend
  const showLayers = () => {
    text.dataset.off = [...off].join(" ");
    for (const box of document.querySelectorAll("#legend input")) box.checked = !off.has(box.value);
  };
  document.getElementById("legend").addEventListener("change", ({ target }) => {
    if (target.checked) off.delete(target.value);
    else off.add(target.value);
    localStorage.setItem("gongbao-layers-off", JSON.stringify([...off]));
    showLayers();
  });
  for (const place of document.querySelectorAll("[data-count]")) {
    place.textContent = marks.filter((mark) => mark[4] === place.dataset.count).length;
  }

  // ---- verdicts
  const showVerdict = (number) => {
    const verdict = verdicts[idOf(marks[number])]?.verdict ?? "";
    const parts = elementsOf(number);
    parts.forEach((item, index) => {
      item.classList.remove(...Object.values(SIGNS));
      if (verdict && (index === 0 || item.closest(".grid") !== parts[index - 1].closest(".grid"))) item.classList.add(SIGNS[verdict]);
    });
  };
  const labelled = (number) => {
    const [dataset, place] = marks[number];
    return gongbaoLabels.canJudge(dataset, gongbaoPanel.rowAt(dataset, place));
  };
  const judge = (number, verdict, label) => {
    const [dataset, place, start, end] = marks[number];
    if (!labelled(number)) return;
    verdicts = gongbaoLabels.load(data.issue.id);
    const id = idOf(marks[number]);
    if (verdict) {
      const inside = marks.flatMap((mark, other) =>
        (other !== number && start <= mark[2] && mark[2] < end && labelled(other) ? [[idOf(mark), mark[2]]] : []));
      verdicts[id] = { verdict, label: label ?? gongbaoLabels.labelOf(dataset, gongbaoPanel.rowAt(dataset, place)), inside };
    } else {
      delete verdicts[id];
    }
    gongbaoLabels.save(data.issue.id, verdicts);
    showVerdict(number);
    showPanel();
  };

  // ---- panel
  const actions = () => {
    const entry = verdicts[idOf(marks[chosen])];
    const button = (key, name, run, pressed) => {
      const made = element("button", { type: "button", title: `Key: ${key}` }, name);
      made.setAttribute("aria-pressed", String(pressed));
      made.addEventListener("click", run);
      return made;
    };
    return element("div", { className: "buttons judge" },
      button("a", "Accept", () => judge(chosen, "accept"), entry?.verdict === "accept"),
      button("r", "Reject", () => judge(chosen, "reject"), entry?.verdict === "reject"),
      button("c", "Correct", correct, entry?.verdict === "correct"),
      ...(entry ? [button("u", "Undo", () => judge(chosen, null), false)] : []));
  };
  const correction = (label, row) => {
    const columns = { cmp: "comparator" };
    const changed = Object.entries(label).filter(([name, content]) => (columns[name] ?? name) in row && content !== row[columns[name] ?? name]);
    return element("p", { className: "correction", lang: "zh-Hans" }, changed.map(([name, content]) => `${name} → ${content ?? "–"}`).join(" · ") || "as it is");
  };
  const summary = () => {
    const count = Object.keys(verdicts).length;
    const save = element("button", { type: "button", disabled: count === 0 }, "Download labels");
    save.addEventListener("click", () => gongbaoLabels.download(data.issue.id));
    return element("footer", {}, element("p", { className: "soft" }, `${count} reviewed in this issue`), save);
  };
  const showEmpty = () => {
    panel.replaceChildren(element("p", { className: "soft" }, "Click a mark, or press n."),
      element("p", { className: "soft keys" }, "n next · p previous · a accept · r reject · c correct · u undo · / search · Esc close"), summary());
    panel.classList.remove("open");
  };
  const showPanel = () => {
    if (chosen < 0) {
      showEmpty();
      return;
    }
    const [dataset, place, , , layer, verdict] = marks[chosen];
    const row = gongbaoPanel.rowAt(dataset, place);
    const entry = verdicts[idOf(marks[chosen])];
    const close = element("button", { type: "button", className: "close", ariaLabel: "Close" }, "×");
    close.addEventListener("click", () => choose(-1));
    const head = element("header", {}, element("h2", {}, layer === "missed" ? "missed label" : dataset),
      element("span", { className: "soft" }, `${chosen + 1} of ${marks.length}`), close);
    const parts = [head, element("p", { className: "words", lang: "zh-Hans" }, element("span", { className: `m ${layer}` }, row.text.slice(0, 200)))];
    if (verdict) parts.push(element("p", { className: `verdict ${verdict}` }, { agrees: "✓ agrees with its label", differs: "≠ differs from its label", extra: "✗ no label stands here", missed: "✗ no row stands here" }[verdict]));
    if (labelled(chosen)) parts.push(actions());
    if (entry?.verdict === "correct") parts.push(correction(entry.label, row));
    const here = stack();
    if (here.length > 1) parts.push(others(here));
    parts.push(gongbaoPanel.table(dataset, row));
    const target = row.quantity_id in data.targets ? gongbaoPanel.rowAt("targets", data.targets[row.quantity_id]) : null;
    if (target) parts.push(element("details", { open: true }, element("summary", {}, "targets"), gongbaoPanel.table("targets", target)));
    if (dataset !== "clauses" && row.clause_id in data.clauses) {
      const clause = gongbaoPanel.rowAt("clauses", data.clauses[row.clause_id]);
      parts.push(element("details", {}, element("summary", {}, "clause ", element("span", { lang: "zh-Hans" }, clause.path || clause.clause_type)), gongbaoPanel.table("clauses", clause)));
    }
    parts.push(element("h3", {}, "Neighbours"), gongbaoPanel.neighbours(chosen, choose), summary());
    panel.replaceChildren(...parts);
    panel.classList.add("open");
    panel.scrollTop = 0;
  };
  /** Marks that share a run with the chosen one. */
  const stack = () => [...new Set(elementsOf(chosen).flatMap((item) => item.dataset.m.split(" ").map(Number)))];
  const others = (here) => element("p", { className: "stack" }, ...here.map((number) => {
    const button = element("button", { type: "button" }, element("span", { className: `m ${marks[number][4]}` }, marks[number][0]));
    button.setAttribute("aria-pressed", String(number === chosen));
    button.addEventListener("click", () => choose(number));
    return button;
  }));
  const correct = () => {
    if (chosen < 0 || !labelled(chosen)) return;
    const [dataset, place] = marks[chosen];
    const label = verdicts[idOf(marks[chosen])]?.label ?? gongbaoLabels.labelOf(dataset, gongbaoPanel.rowAt(dataset, place));
    const form = gongbaoPanel.form(dataset, label, (made) => judge(chosen, "correct", made), showPanel);
    panel.querySelector("form")?.remove();
    panel.querySelector(".judge").after(form);
    form.elements[0].focus();
  };

  // ---- choosing and walking
  const choose = (number, { scroll = true } = {}) => {
    for (const item of text.querySelectorAll(".chosen")) item.classList.remove("chosen");
    chosen = number;
    showPanel();
    if (number < 0) return;
    const parts = elementsOf(number);
    parts.forEach((item) => item.classList.add("chosen"));
    const first = parts[0];
    if (first && scroll) {
      const folded = first.closest("details:not([open])");
      if (folded) folded.open = true;
      first.scrollIntoView({ block: "center", inline: "nearest" });
    }
    history.replaceState(null, "", `#${idOf(marks[number])}`);
  };
  /** The next mark that is shown; without a chosen one, from what the reader sees. */
  const walk = (step) => {
    let at = chosen;
    if (at < 0) {
      const seen = marks.findIndex((_, number) => isShown(number) && (elementsOf(number)[0]?.getBoundingClientRect().top ?? -1) > 100);
      at = seen < 0 ? -1 : seen - step;
    }
    for (at += step; at >= 0 && at < marks.length; at += step) {
      if (isShown(at) && elementsOf(at).length) {
        choose(at);
        return;
      }
    }
  };
  text.addEventListener("click", ({ target }) => {
    if (!getSelection().isCollapsed) return;
    const item = target.closest("[data-m]");
    const shown = item ? item.dataset.m.split(" ").map(Number).filter(isShown) : [];
    if (shown.length) {
      const at = shown.indexOf(chosen);
      choose(at < 0 ? shown.at(-1) : shown[(at + shown.length - 1) % shown.length], { scroll: false });
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, form")) return;
    const keys = {
      n: () => walk(1), p: () => walk(-1), a: () => judge(chosen, "accept"), r: () => judge(chosen, "reject"),
      c: correct, u: () => judge(chosen, null), Escape: () => choose(-1),
    };
    if (!(event.key in keys) || (chosen < 0 && "arcu".includes(event.key))) return;
    event.preventDefault();
    keys[event.key]();
  });

  // ---- places that a link names: a row, a clause, or characters
  const blockAt = (offset) => {
    const blocks = [...text.querySelectorAll(".b[data-start]")];
    return blocks.filter((block) => Number(block.dataset.start) <= offset).at(-1) ?? blocks[0];
  };
  /** A range over the characters [start, end) of the text: offsets count characters, not UTF-16 units. */
  const rangeOf = (start, end) => {
    const range = document.createRange();
    const block = blockAt(start);
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    walker.currentNode = block;
    let at = Number(block.dataset.start);
    let begun = false;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.parentElement.closest(".b")) continue;
      let units = 0;
      for (const character of node.data) {
        if (at === start) {
          range.setStart(node, units);
          begun = true;
        }
        units += character.length;
        at += 1;
        if (begun && at === end) {
          range.setEnd(node, units);
          return range;
        }
      }
    }
    return range;
  };
  const flash = (start, end) => {
    const block = blockAt(start);
    const folded = block?.closest("details:not([open])");
    if (folded) folded.open = true;
    const range = rangeOf(start, end);
    CSS.highlights?.set("place", new Highlight(range));
    const box = range.getBoundingClientRect();
    scrollTo({ top: scrollY + box.top - innerHeight / 3 });
  };
  const follow = () => {
    const name = decodeURIComponent(location.hash.slice(1));
    const place = /^o=(\d+)-(\d+)$/u.exec(name);
    if (place) {
      flash(Number(place[1]), Number(place[2]));
    } else if (numbers.has(name)) {
      if (idOf(marks[chosen] ?? []) !== name) choose(numbers.get(name));
    } else if (name.includes("/c/")) {
      text.querySelector(`[data-c="${CSS.escape(name)}"]`)?.scrollIntoView({ block: "start" });
    } else if (name.includes("/t/")) {
      text.querySelector(`[data-table="${CSS.escape(name)}"]`)?.scrollIntoView({ block: "start" });
    }
  };
  addEventListener("hashchange", follow);
  addEventListener("DOMContentLoaded", () => {
    showLayers();
    marks.forEach((mark, number) => idOf(mark) in verdicts && showVerdict(number));
    showEmpty();
    follow();
    document.documentElement.dataset.ready = "yes";
  });
  return { numberOf };
})();
