// Tables that sort by the column whose header is pressed, again for the other way, and that a word filters.
"use strict";
for (const table of document.querySelectorAll("table.sortable")) {
  const compare = new Intl.Collator("zh-Hans", { numeric: true }).compare;
  const headers = [...table.tHead.rows[0].cells];
  for (const row of table.tBodies[0].rows) [...row.cells].forEach((cell, index) => { cell.dataset.label = headers[index].textContent; });
  if (table.classList.contains("filtered")) {
    const filter = Object.assign(document.createElement("input"), { type: "search", placeholder: "Filter", ariaLabel: "Filter the table" });
    filter.addEventListener("input", () => {
      const words = filter.value.trim();
      for (const row of table.tBodies[0].rows) row.hidden = !row.textContent.includes(words);
    });
    table.closest(".scroll").before(filter);
  }
  headers.forEach((header, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => {
      const downward = header.getAttribute("aria-sort") === "ascending";
      for (const other of headers) other.removeAttribute("aria-sort");
      header.setAttribute("aria-sort", downward ? "descending" : "ascending");
      const numeric = header.classList.contains("number");
      const keyed = [...table.tBodies[0].rows].map((row) => [row.cells[index].textContent.trim(), row]);
      const number = (text) => (text === "–" || text === "" ? -Infinity : Number(text));
      keyed.sort(([a], [b]) => (numeric ? number(a) - number(b) || 0 : compare(a, b)));
      if (downward) keyed.reverse();
      table.tBodies[0].append(...keyed.map(([, row]) => row));
    });
  });
}
