// The side panel: a mark's row, its rule, its neighbours, and the form that corrects it.
"use strict";
const gongbaoPanel = (() => {
  const element = gongbaoElement;
  const schema = globalThis.gongbaoSchema;
  const data = globalThis.gongbaoPage;
  const root = document.documentElement.dataset.root;
  /** What labels call a column otherwise. */
  const LABEL_OF = { comparator: "cmp" };
  const REQUIRED_CHOICES = new Set(["kind", "comparator", "duty", "citation_kind", "clause_type"]);
  const REQUIRED = new Set(["indicator", "name", "agency"]);

  /** Text is a number in the list of all strings; ids stand there without the issue that they begin with. */
  const decoded = (dataset, index, value) => {
    if (value === null || !data.coded[dataset][index]) return value;
    const text = data.strings[value];
    return /^\/[a-z]\/\d/u.test(text) ? data.issue.id + text : text;
  };
  const rowAt = (dataset, place) =>
    Object.fromEntries(data.columns[dataset].map((name, index) => [name, decoded(dataset, index, data.rows[dataset][place][index])]));
  const valueAt = (dataset, place, name) => {
    const index = data.columns[dataset].indexOf(name);
    return decoded(dataset, index, data.rows[dataset][place][index]);
  };

  const show = (value) => {
    if (value === null || value === "") return "–";
    if (Array.isArray(value)) return value.map((item) => (typeof item === "object" ? `${item.start}–${item.end}` : item)).join("、") || "–";
    if (typeof value === "boolean") return value ? "yes" : "no";
    return String(value);
  };

  const value = (dataset, name, content) => {
    if (name === "rule_id" || (name.endsWith("_rule") && content)) return element("a", { href: `${root}rules/${content}.html` }, content);
    if (!content || name === schema.keys[dataset] || !/_id$/u.test(name)) return show(content);
    const place = /\/([a-z])\/(\d+)/u.exec(content);
    if (place?.[1] === "d") return element("a", { href: `d${place[2]}.html` }, content);
    if (place) return element("a", { href: `#${content}` }, content);
    return show(content);
  };

  /** Columns that say where a row stands come after those that say what it says. */
  const isPlace = (name) => name !== "rule_id" && name !== "conflict_id" && (/_id$|^char_|^page_/u.test(name) || ["row", "column", "fragments", "subtree_end", "ordinal"].includes(name));

  /** The columns of a row; those that differ from the row's label (*said*) come first, with what the label says. */
  const table = (dataset, row, said = null) => {
    const columns = Object.entries(row);
    const differs = ([name]) => said !== null && name in said;
    const rest = columns.filter((column) => !differs(column));
    const ordered = [...columns.filter(differs), ...rest.filter(([name]) => !isPlace(name)), ...rest.filter(([name]) => isPlace(name))];
    const lines = ordered.map(([name, content]) => {
      const about = schema.columns[dataset]?.[name];
      const title = about ? [about.about, about.unit && `Unit: ${about.unit}.`].filter(Boolean).join(" ") : "";
      const label = differs([name]) ? [element("p", { className: "says" }, element("span", { lang: "en" }, "label: "), show(said[name]))] : [];
      return element("tr", { className: label.length ? "differs" : content === null || content === "" ? "empty" : "" },
        element("th", { scope: "row", title }, name), element("td", { lang: "zh-Hans" }, value(dataset, name, content), ...label));
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
    const name = dataset === "quantities" ? LABEL_OF[columnName] ?? columnName : columnName;
    const column = schema.columns[dataset][columnName];
    const content = label[name];
    let input;
    if (name === "stretch") {
      input = element("input", { type: "checkbox", checked: content });
    } else if (column.values.length) {
      const values = label[name] === null || !REQUIRED_CHOICES.has(columnName) ? ["", ...column.values] : column.values;
      input = element("select", { required: REQUIRED_CHOICES.has(columnName) }, ...values.map((word) => element("option", { value: word, selected: word === content }, word)));
    } else if (name === "low" || name === "high") {
      input = element("input", { type: "number", step: "any", required: true, value: content });
    } else if (name === "level") {
      input = element("input", { type: "number", step: "1", value: content ?? "" });
    } else {
      input = element("input", { type: "text", required: REQUIRED.has(name), value: Array.isArray(content) ? content.join("、") : content ?? "", lang: "zh-Hans" });
      if (column.list) input.dataset.list = "yes";
    }
    if (name === "deadline") input.pattern = "\\d{4}(-\\d{2}(-\\d{2})?)?";
    if (name === "time_period") input.pattern = "\\d{4}(-\\d{2}(-\\d{2})?)?(/\\d{4}(-\\d{2}(-\\d{2})?)?)?";
    input.name = name;
    return element("label", {}, element("span", {}, name), input);
  };

  const read = (input) => {
    if (input.type === "checkbox") return input.checked;
    if (input.type === "number") return Number(input.value);
    const text = input.value.trim();
    if (input.dataset.list) return text.split("、").map((word) => word.trim()).filter(Boolean);
    return text === "" && input.name !== "unit" ? null : text;
  };

  /** A form with the label's fields; *done* gets the corrected label. */
  const form = (dataset, label, done, cancel) => {
    const columns = schema.judged[dataset];
    const names = columns.map((name) => (dataset === "quantities" ? LABEL_OF[name] ?? name : name));
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

  /** Why the row is as it is: the same record as `gongbao explain` prints, loaded when it is asked for. */
  const why = (id) => {
    if (!document.documentElement.dataset.why) return element("span");
    const place = element("div", { className: "why" });
    const details = element("details", {}, element("summary", {}, "Why?"), place);
    const fill = (parts) => place.replaceChildren(...parts.filter(({ title }) => title !== "row").flatMap(({ title, lines }) =>
      (lines.length ? [element("h3", {}, title), element("ul", { lang: "zh-Hans" }, ...lines.map(({ label, text }) =>
        element("li", { className: label.startsWith(" ") ? "beside" : "" }, label ? element("b", { lang: "en" }, `${label.trim()}: `) : "", text)))] : [])));
    details.addEventListener("toggle", async () => {
      if (!details.open || place.childElementCount) return;
      const explained = await gongbaoLoadWhy(data, id);
      fill(explained ?? [{ title: "why", lines: [{ label: "", text: `gongbao explain ${id}` }] }]);
    });
    return details;
  };

  return { rowAt, valueAt, table, neighbours, form, why };
})();
