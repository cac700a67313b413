// One document: marks, legend, walking, choosing, judging.
"use strict";
const gongbaoDocument = (() => {
  const element = gongbaoElement;
  const data = globalThis.gongbaoPage;
  const marks = data.marks;
  for (const name of ["targets", "clauses"]) data[name] = Object.fromEntries(Object.entries(data[name]).map(([id, place]) => [data.issue.id + id, place]));
  const text = document.getElementById("text");
  const panel = document.getElementById("panel");
  const SIGNS = { accept: "accepted", reject: "rejected", correct: "corrected" };
  const LAST_CONFIDENCE = 2;
  const off = new Set(JSON.parse(localStorage.getItem("gongbao-layers-off") ?? "[]"));
  const idOf = ([dataset, place]) => {
    const key = globalThis.gongbaoSchema.keys[dataset];
    return key ? gongbaoPanel.valueAt(dataset, place, key) : `${dataset}/${place}`;
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
  const wordsOf = (number) => {
    const parts = elementsOf(number).filter((item) => item.closest(".b"));
    return parts.map((item) => item.textContent).join("");
  };
  /** What is judged of a mark: its row, or, of a quantity, the owners in its target. */
  const subjectOf = (number, owners = false) => {
    const [dataset, place, start, end] = marks[number];
    const row = gongbaoPanel.rowAt(dataset, place);
    const target = owners && row.quantity_id in data.targets ? gongbaoPanel.rowAt("targets", data.targets[row.quantity_id]) : null;
    if (owners) return target && { dataset: "targets", id: target.target_id, row: { ...target, char_start: start, char_end: end, text: row.text } };
    return { dataset, id: idOf(marks[number]), row: dataset === "clauses" ? { ...row, char_start: start, char_end: end, text: wordsOf(number) } : row };
  };
  const labelled = (number) => {
    const [dataset, place] = marks[number];
    return gongbaoLabels.canJudge(dataset, gongbaoPanel.rowAt(dataset, place));
  };
  const judge = (number, verdict, label, owners = false) => {
    const subject = labelled(number) ? subjectOf(number, owners) : null;
    if (!subject) return;
    const { dataset, id, row } = subject;
    verdicts = gongbaoLabels.load(data.issue.id);
    if (verdict) {
      const start = row.char_start;
      const inside = owners ? [] : marks.flatMap((mark, other) =>
        (other !== number && mark[0] === dataset && start <= mark[2] && mark[2] < row.char_end && labelled(other) ? [[idOf(mark), mark[2]]] : []));
      const seen = gongbaoLabels.labelOf(dataset, row);
      verdicts[id] = { verdict, dataset, label: label ?? seen, seen, inside };
    } else {
      delete verdicts[id];
    }
    gongbaoLabels.save(data.issue.id, verdicts);
    if (!owners) showVerdict(number);
    if (verdict && !owners && gongbaoQueue.current()) gongbaoQueue.forward();
    else showPanel();
  };
  /** What the rules made of a judged row when it was judged, where that was something else. */
  const changedSince = (entry, dataset, row) => {
    const now = gongbaoLabels.labelOf(dataset, row);
    const names = Object.keys(now).filter((name) => JSON.stringify(now[name]) !== JSON.stringify(entry.seen?.[name] ?? null));
    return entry.seen ? names.map((name) => `${name} ${entry.seen[name] ?? "–"} → ${now[name] ?? "–"}`) : [];
  };

  // ---- panel
  const actions = (owners = false) => {
    const entry = verdicts[subjectOf(chosen, owners).id];
    const button = (key, name, run, pressed) => {
      const made = element("button", { type: "button", title: owners ? "" : `Key: ${key}` }, name);
      made.setAttribute("aria-pressed", String(pressed));
      made.addEventListener("click", run);
      return made;
    };
    return element("div", { className: owners ? "buttons owners" : "buttons judge" },
      button("a", "Accept", () => judge(chosen, "accept", undefined, owners), entry?.verdict === "accept"),
      button("r", "Reject", () => judge(chosen, "reject", undefined, owners), entry?.verdict === "reject"),
      button("c", "Correct", () => correct(owners), entry?.verdict === "correct"),
      ...(entry ? [button("u", "Undo", () => judge(chosen, null, undefined, owners), false)] : []));
  };
  const correction = (label, row) => {
    const columns = { cmp: "comparator" };
    const changed = Object.entries(label).filter(([name, content]) => (columns[name] ?? name) in row && JSON.stringify(content) !== JSON.stringify(row[columns[name] ?? name]));
    return element("p", { className: "correction", lang: "zh-Hans" }, changed.map(([name, content]) => `${name} → ${content ?? "–"}`).join(" · ") || "as it is");
  };
  const summary = () => {
    const entries = Object.values(verdicts);
    const save = element("button", { type: "button", disabled: entries.length === 0 }, "Download labels");
    save.addEventListener("click", () => gongbaoLabels.download(data.issue.id));
    const gone = Object.entries(verdicts).filter(([id, { verdict, label }]) => verdict !== "added" && !id.includes("/g/") && onPage(label.start) && !numbers.has(id)).length;
    return element("footer", {}, element("div", { className: "soft" },
      element("p", {}, `${entries.length} reviewed in this issue`),
      element("p", {}, gongbaoQueue.estimate(entries)),
      ...(gone ? [element("p", {}, `${gone} of them about rows that the rules no longer make`)] : []),
      ...gongbaoQueue.progress()), save);
  };
  const onPage = (offset) => data.page.stretches.some(([start, end]) => start <= offset && offset < end);
  const showEmpty = () => {
    const help = element("button", { type: "button" }, "Keys (?)");
    help.addEventListener("click", () => gongbaoQueue.help());
    panel.replaceChildren(element("p", { className: "soft" }, "Click a mark, or press n. Select text to label a row that is missing."), help, added(), summary());
    panel.classList.remove("open");
  };
  /** The labels that were made of selected text, with a way to take one back. */
  const added = () => element("ul", { className: "neighbours" }, ...Object.entries(verdicts).flatMap(([id, { verdict, label }]) => {
    if (verdict !== "added" || !onPage(label.start)) return [];
    const forget = element("button", { type: "button", ariaLabel: `Forget the label of ${label.text}` }, "×");
    forget.addEventListener("click", () => {
      verdicts = gongbaoLabels.load(data.issue.id);
      delete verdicts[id];
      gongbaoLabels.save(data.issue.id, verdicts);
      showEmpty();
    });
    return [element("li", {}, element("span", { lang: "zh-Hans" }, `+ ${label.text} `), forget)];
  }));
  const showPanel = () => {
    if (chosen < 0) {
      showEmpty();
      return;
    }
    const [dataset, place, , , layer, verdict] = marks[chosen];
    const row = dataset === "clauses" ? subjectOf(chosen).row : gongbaoPanel.rowAt(dataset, place);
    const entry = verdicts[idOf(marks[chosen])];
    const said = marks[chosen][6];
    const close = element("button", { type: "button", className: "close", ariaLabel: "Close" }, "×");
    close.addEventListener("click", () => choose(-1));
    const head = element("header", {}, element("h2", {}, layer === "missed" ? "missed label" : dataset),
      element("span", { className: "soft" }, `${chosen + 1} of ${marks.length}`), close);
    const parts = [head, element("p", { className: "words", lang: "zh-Hans" }, element("span", { className: `m ${layer}` }, row.text.slice(0, 200)))];
    if (verdict) parts.push(element("p", { className: `verdict ${verdict}` }, { agrees: "✓ agrees with its label", differs: "≠ differs from its label", extra: "✗ no label stands here", missed: "✗ no row stands here" }[verdict]));
    if (labelled(chosen)) parts.push(actions());
    const since = entry ? changedSince(entry, dataset, row) : [];
    if (since.length) parts.push(element("p", { className: "verdict differs older", lang: "zh-Hans" }, `judged under older rules; since then ${since.join(" · ")}`));
    if (entry?.verdict === "correct") parts.push(correction(entry.label, row));
    const here = stack();
    if (here.length > 1) parts.push(others(here));
    parts.push(gongbaoPanel.why(idOf(marks[chosen])), gongbaoPanel.table(dataset, row, said));
    const target = row.quantity_id in data.targets ? gongbaoPanel.rowAt("targets", data.targets[row.quantity_id]) : null;
    if (target) parts.push(element("details", { open: true }, element("summary", {}, "targets"), gongbaoPanel.table("targets", target), ...(labelled(chosen) ? [element("p", { className: "soft" }, "Owners:"), actions(true)] : [])));
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
  const correct = (owners = false) => {
    const subject = chosen >= 0 && labelled(chosen) ? subjectOf(chosen, owners) : null;
    if (!subject) return;
    const label = verdicts[subject.id]?.label ?? gongbaoLabels.labelOf(subject.dataset, subject.row);
    const form = gongbaoPanel.form(subject.dataset, label, (made) => judge(chosen, "correct", made, owners), showPanel);
    panel.querySelector("form")?.remove();
    panel.querySelector(owners ? ".owners" : ".judge").after(form);
    form.elements[0].focus();
  };

  // ---- labels of rows that are missing, made of selected text
  /** The character of the issue's text at a place of the page; undefined outside of the text's blocks. */
  const offsetAt = (node, units) => {
    const block = node.parentElement?.closest(".b");
    if (!block || !text.contains(block)) return undefined;
    const before = document.createRange();
    before.selectNodeContents(block);
    before.setEnd(node, units);
    return Number(block.dataset.start) + [...before.toString()].length;
  };
  const labelSelection = () => {
    const selection = getSelection();
    if (selection.isCollapsed || !text.contains(selection.anchorNode)) return;
    const range = selection.getRangeAt(0);
    const [start, end] = [offsetAt(range.startContainer, range.startOffset), offsetAt(range.endContainer, range.endOffset)];
    if (start === undefined || end === undefined || end <= start) return;
    const words = rangeOf(start, end).toString();
    if ([...words].length !== end - start) return;
    const choices = Object.keys(globalThis.gongbaoSchema.judged).filter((name) => name !== "targets").sort((a, b) => (b === "quantities") - (a === "quantities"));
    const chooser = element("select", { ariaLabel: "Label as" }, ...choices.map((name) => element("option", { value: name }, name)));
    const place = element("div", {});
    const show = () => {
      const label = gongbaoLabels.emptyLabel(chooser.value, { start, end, text: words });
      place.replaceChildren(gongbaoPanel.form(chooser.value, label, (made) => {
        verdicts = gongbaoLabels.load(data.issue.id);
        verdicts[`added/${made.t}/${start}-${end}`] = { verdict: "added", dataset: chooser.value, label: made, inside: [] };
        gongbaoLabels.save(data.issue.id, verdicts);
        showEmpty();
      }, showEmpty));
    };
    chooser.addEventListener("change", show);
    show();
    chosen = -1;
    panel.replaceChildren(element("header", {}, element("h2", {}, "a missing row")), element("p", { className: "words", lang: "zh-Hans" }, words), chooser, place);
    panel.classList.add("open");
  };
  text.addEventListener("mouseup", labelSelection);

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
  /** The best mark that nobody judged yet, by *rank* (less is better); the order of the text without one. */
  const seek = (rank) => {
    const open = marks.map((_, number) => number).filter((number) => isShown(number) && labelled(number) && elementsOf(number).length && !(idOf(marks[number]) in verdicts));
    const behind = [...open.filter((number) => number > chosen), ...open.filter((number) => number <= chosen)];
    const ranked = behind.map((number) => [rank ? rank(number) : 0, number]).filter(([value]) => value !== undefined);
    if (ranked.length) choose(ranked.reduce((best, one) => (one[0] < best[0] ? one : best))[1]);
  };
  const confidenceOf = (number) => {
    const row = gongbaoPanel.rowAt(marks[number][0], marks[number][1]);
    return Math.min(LAST_CONFIDENCE, ...Object.entries(row).filter(([name, value]) => name.endsWith("_confidence") && value !== null).map(([, value]) => value));
  };
  const inConflict = (number) => {
    const row = gongbaoPanel.rowAt(marks[number][0], marks[number][1]);
    const target = row.quantity_id in data.targets ? gongbaoPanel.rowAt("targets", data.targets[row.quantity_id]) : {};
    return target.conflict_id ? 0 : undefined;
  };
  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Enter" && event.target.closest(".m[data-m]")) {
      const shown = event.target.dataset.m.split(" ").map(Number).filter(isShown);
      if (shown.length) choose(shown.at(-1), { scroll: false });
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, form")) return;
    const keys = {
      n: () => walk(1), p: () => walk(-1), a: () => judge(chosen, "accept"), r: () => judge(chosen, "reject"),
      c: () => correct(), u: () => judge(chosen, null), o: () => judge(chosen, "accept", undefined, true), Escape: () => choose(-1),
      j: () => seek(), d: () => seek(confidenceOf), x: () => seek(inConflict),
      ".": () => gongbaoQueue.forward(), ",": () => gongbaoQueue.back(),
    };
    if (!(event.key in keys) || (chosen < 0 && "arcuo".includes(event.key))) return;
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
    marks.forEach((mark, number) => {
      if (idOf(mark) in verdicts) showVerdict(number);
      const first = elementsOf(number)[0];
      if (first) Object.assign(first, { tabIndex: 0, role: "button" });
    });
    showEmpty();
    follow();
    document.documentElement.dataset.ready = "yes";
  });
  return { numberOf, choose };
})();
