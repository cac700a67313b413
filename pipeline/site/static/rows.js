// The rows of a rule: searched, filtered and sorted over all of them, shown page by page.
"use strict";
gongbaoUnpack(globalThis.gongbaoRows).then(({ columns, rows }) => {
  const A_PAGE = 100;
  const element = gongbaoElement;
  const place = document.getElementById("rows");
  const root = document.documentElement.dataset.root;
  const gold = Boolean(place.dataset.gold);
  const compare = new Intl.Collator("zh-Hans", { numeric: true }).compare;
  const names = [...new Set(Object.values(columns).flat())];
  const valueOf = ([dataset, , , , , , , values], name) => values[columns[dataset].indexOf(name)] ?? "";
  const keys = { offset: (row) => row[3], ...Object.fromEntries(names.map((name) => [name, (row) => valueOf(row, name)])), label: (row) => row[8], document: (row) => row[2] };
  const state = { words: "", label: "", sort: null, down: false, page: 0 };

  const chosen = () => {
    const found = rows.filter((row) => (!state.label || row[8] === state.label) && (!state.words || [row[2], row[4], row[5], row[6], ...row[7]].join("\t").includes(state.words)));
    if (!state.sort) return found;
    const key = keys[state.sort];
    const numeric = found.every((row) => key(row) === "" || key(row) === "–" || !Number.isNaN(Number(key(row))));
    const number = (value) => (value === "" || value === "–" ? -Infinity : Number(value));
    found.sort((a, b) => (numeric ? number(key(a)) - number(key(b)) || 0 : compare(key(a), key(b))));
    return state.down ? found.reverse() : found;
  };
  const line = (row) => {
    const [, href, where, offset, before, text, after, , verdict] = row;
    const context = element("td", { className: "words" }, element("span", { className: "soft" }, before), element("mark", {}, text), element("span", { className: "soft" }, after));
    const cells = [element("td", { className: "number" }, element("a", { href: root + href }, String(offset))), context,
      ...names.map((name) => element("td", { className: "value" }, valueOf(row, name)))];
    if (gold) cells.push(element("td", { lang: "en" }, verdict));
    cells.push(element("td", { className: "where" }, where));
    const labels = ["offset", "in context", ...names, ...(gold ? ["label"] : []), "document"];
    cells.forEach((cell, index) => { cell.dataset.label = labels[index]; });
    return element("tr", {}, ...cells);
  };
  const body = element("tbody", { lang: "zh-Hans" });
  const said = element("p", { className: "soft", role: "status" });
  const pager = element("p", { className: "buttons" });
  const show = () => {
    const found = chosen();
    const pages = Math.max(1, Math.ceil(found.length / A_PAGE));
    state.page = Math.min(state.page, pages - 1);
    body.replaceChildren(...found.slice(state.page * A_PAGE, (state.page + 1) * A_PAGE).map(line));
    said.textContent = `${found.length} of ${rows.length} rows, page ${state.page + 1} of ${pages}`;
    const turn = (name, by) => {
      const made = element("button", { type: "button", disabled: state.page + by < 0 || state.page + by >= pages }, name);
      made.addEventListener("click", () => { state.page += by; show(); });
      return made;
    };
    pager.replaceChildren(...(pages > 1 ? [turn("← before", -1), turn("after →", 1)] : []));
  };
  const search = element("input", { type: "search", placeholder: "Filter", ariaLabel: "Filter the rows" });
  search.addEventListener("input", () => { Object.assign(state, { words: search.value.trim(), page: 0 }); show(); });
  const tools = element("p", { className: "buttons" }, search);
  if (gold) {
    const verdicts = [...new Set(rows.map((row) => row[8]))].filter(Boolean);
    const chooser = element("select", { ariaLabel: "Label" }, new Option("all", ""), ...verdicts.map((name) => new Option(name, name)));
    chooser.addEventListener("change", () => { Object.assign(state, { label: chooser.value, page: 0 }); show(); });
    tools.append(chooser);
  }
  const headers = Object.keys(keys).filter((name) => gold || name !== "label");
  headers.splice(1, 0, "in context");
  const head = element("tr", {}, ...headers.map((name) => {
    const cell = element("th", { scope: "col" });
    if (!(name in keys)) {
      cell.textContent = name;
      return cell;
    }
    const button = element("button", { type: "button" }, name);
    button.addEventListener("click", () => {
      Object.assign(state, { down: state.sort === name && !state.down, sort: name, page: 0 });
      for (const other of head.cells) other.removeAttribute("aria-sort");
      cell.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      show();
    });
    cell.append(button);
    return cell;
  }));
  place.append(tools, said, element("div", { className: "scroll", tabIndex: 0, role: "region", ariaLabel: "Rows" },
    element("table", { className: "sortable matches" }, element("thead", {}, head), body)), pager);
  show();
});
