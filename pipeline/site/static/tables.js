// Tables that sort by the column whose header is pressed, again for the other way.
"use strict";
for (const table of document.querySelectorAll("table.sortable")) {
  const compare = new Intl.Collator("zh-Hans", { numeric: true }).compare;
  const headers = [...table.tHead.rows[0].cells];
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
