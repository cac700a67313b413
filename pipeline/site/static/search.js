// Search over the texts of all issues, line by line, blind to blanks and to the width of characters.
"use strict";
{
  const MOST = 300;
  const AROUND = 24;
  const known = JSON.parse(document.getElementById("known").textContent);
  const query = new URLSearchParams(location.search).get("q")?.trim() ?? "";
  const fold = (character) => character.normalize("NFKC").toLowerCase();

  /** The folded text of a stretch, and for each of its UTF-16 units the character that it came from. */
  const folded = (characters, start, end) => {
    const parts = [];
    const places = [];
    for (let at = start; at < end; at += 1) {
      if (/\s/u.test(characters[at])) continue;
      const plain = fold(characters[at]);
      parts.push(plain);
      for (let unit = 0; unit < plain.length; unit += 1) places.push(at);
    }
    return { plain: parts.join(""), places };
  };

  const find = function* (words, { issue, pages, characters, folds }) {
    for (const [number, page] of pages.entries()) {
      for (const { plain, places } of folds[number]) {
        for (let at = plain.indexOf(words[0]); at >= 0; at = plain.indexOf(words[0], at + words[0].length)) {
          const start = places[at];
          const end = places[at + words[0].length - 1] + 1;
          const low = Math.max(0, start - 120);
          const near = words.length > 1 ? folded(characters, low, Math.min(characters.length, end + 120)).plain : "";
          if (words.slice(1).every((word) => near.includes(word))) yield { issue, page, characters, start, end };
        }
      }
    }
  };

  const item = ({ issue, page, characters, start, end }) => gongbaoElement("li", {},
    gongbaoElement("a", { href: `issues/${issue.id}/${page.name}.html#o=${start}-${end}` },
      characters.slice(Math.max(0, start - AROUND), start).join(""),
      gongbaoElement("mark", {}, characters.slice(start, end).join("")),
      characters.slice(end, end + AROUND).join("")),
    gongbaoElement("p", { className: "soft" }, `${page.title} · ${issue.title}`));

  const search = async () => {
    const words = query.split(/\s+/u).map((word) => [...word].map(fold).join("")).filter(Boolean);
    const summary = document.getElementById("summary");
    const results = document.getElementById("results");
    let count = 0;
    for (const { id } of known) {
      const loaded = await gongbaoLoadText(id);
      const characters = [...loaded.text];
      const folds = loaded.pages.map((page) => page.stretches.map(([start, end]) => folded(characters, start, end)));
      for (const found of find(words, { ...loaded, characters, folds })) {
        count += 1;
        if (count <= MOST) results.append(item(found));
      }
    }
    summary.textContent = `${count} ${count === 1 ? "place" : "places"}${count > MOST ? `, the first ${MOST} shown` : ""} for “${query}”`;
  };

  document.getElementById("find").value = query;
  if (query) search();
  else document.getElementById("find").focus();
}
