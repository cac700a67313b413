// The side panel: a mark's row, its rule, its neighbours, and the form that corrects it.
"use strict";
const gongbaoPanel = (() => {
  const element = gongbaoElement;
  const schema = globalThis.gongbaoSchema;
  const data = globalThis.gongbaoPage;
  const root = document.documentElement.dataset.root;
  /** What labels call a column otherwise. */
  const LABEL_OF = { comparator: "cmp" };
  const OPTIONAL = new Set(["deadline", "role", "unit"]);

  const rowAt = (dataset, place) =>
    Object.fromEntries(data.columns[dataset].map((name, index) => [name, data.rows[dataset][place][index]]));

  const show = (value) => {
    if (value === null || value === "") return "–";
    if (Array.isArray(value)) return value.map((item) => (typeof item === "object" ? `${item.start}–${item.end}` : item)).join("、") || "–";
    if (typeof value === "boolean") return value ? "yes" : "no";
    return String(value);
  };

  const value = (dataset, name, content) => {
    if (name === "rule_id") return element("a", { href: `${root}rules/${content}.html` }, content);
    if (!content || name === schema.keys[dataset] || !/_id$/u.test(name)) return show(content);
    const place = /\/([a-z])\/(\d+)/u.exec(content);
    if (place?.[1] === "d") return element("a", { href: `d${place[2]}.html` }, content);
    if (place) return element("a", { href: `#${content}` }, content);
    return show(content);
  };

  /** Columns that say where a row stands come after those that say what it says. */
  const isPlace = (name) => name !== "rule_id" && (/_id$|^char_|^page_/u.test(name) || ["row", "column", "fragments", "subtree_end", "ordinal"].includes(name));

  const table = (dataset, row) => {
    const columns = Object.entries(row);
    const ordered = [...columns.filter(([name]) => !isPlace(name)), ...columns.filter(([name]) => isPlace(name))];
    const lines = ordered.map(([name, content]) => {
      const about = schema.columns[dataset]?.[name];
      const title = about ? [about.about, about.unit && `Unit: ${about.unit}.`].filter(Boolean).join(" ") : "";
      return element("tr", { className: content === null || content === "" ? "empty" : "" },
        element("th", { scope: "row", title }, name), element("td", { lang: "zh-Hans" }, value(dataset, name, content)));
    });
    return element("table", { className: "row" }, element("tbody", {}, ...lines));
  };

  const neighbours = (number, choose) => {
    const marks = data.marks;
    const line = (at, name) => {
      const [dataset, place, , , layer] = marks[at];
      const row = rowAt(dataset, place);
      const words = dataset === "clauses" ? `${row.marker}${row.heading ?? ""}` : row.text;
      const button = element("button", { type: "button", className: "near", lang: "zh-Hans" },
        element("span", { className: "soft", lang: "en" }, name), element("span", { className: `m ${layer}` }, words.slice(0, 40)));
      button.addEventListener("click", () => choose(at));
      return element("li", {}, button);
    };
    const items = [];
    for (let at = Math.max(0, number - 2); at < Math.min(marks.length, number + 3); at += 1) {
      if (at !== number) items.push(line(at, at < number ? "before" : "after"));
    }
    const [dataset, place] = marks[number];
    const row = rowAt(dataset, place);
    for (const [column, name] of [["baseline_quantity_id", "starts from"], ["part_of_quantity_id", "part of"], ["group_id", "with"]]) {
      const at = row[column] && row[column] !== row.quantity_id ? gongbaoDocument.numberOf(row[column]) : undefined;
      if (at !== undefined) items.push(line(at, name));
    }
    return element("ul", { className: "neighbours" }, ...items);
  };

  const field = (columnName, label, dataset) => {
    const name = LABEL_OF[columnName] ?? columnName;
    const column = schema.columns[dataset][columnName];
    const content = label[name];
    let input;
    if (name === "stretch") {
      input = element("input", { type: "checkbox", checked: content });
    } else if (column.values.length) {
      input = element("select", {}, ...column.values.map((word) => element("option", { value: word, selected: word === content }, word)));
    } else if (name === "low" || name === "high") {
      input = element("input", { type: "number", step: "any", required: true, value: content });
    } else {
      input = element("input", { type: "text", required: !OPTIONAL.has(name), value: content ?? "", lang: "zh-Hans" });
    }
    if (name === "deadline") input.pattern = "\\d{4}(-\\d{2}(-\\d{2})?)?";
    input.name = name;
    return element("label", {}, element("span", {}, name), input);
  };

  const read = (input) => {
    if (input.type === "checkbox") return input.checked;
    if (input.type === "number") return Number(input.value);
    const text = input.value.trim();
    return text === "" && input.name !== "unit" ? null : text;
  };

  /** A form with the label's fields; *done* gets the corrected label. */
  const form = (dataset, label, done, cancel) => {
    const columns = schema.judged[dataset];
    const names = columns.map((name) => LABEL_OF[name] ?? name);
    const stop = element("button", { type: "button" }, "Cancel");
    stop.addEventListener("click", cancel);
    const made = element("form", { className: "correct" }, ...columns.map((name) => field(name, label, dataset)),
      element("div", { className: "buttons" }, element("button", { type: "submit", className: "main" }, "Save"), stop));
    made.addEventListener("submit", (event) => {
      event.preventDefault();
      done({ ...label, ...Object.fromEntries(names.map((name) => [name, read(made.elements[name])])) });
    });
    made.addEventListener("keydown", (event) => {
      if (event.key === "Escape") cancel();
    });
    return made;
  };

  return { rowAt, table, neighbours, form };
})();
