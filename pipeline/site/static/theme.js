// Light or dark, before the first paint: as the system says, or as the reader chose.
"use strict";
const gongbaoTheme = {
  choices: ["system", "light", "dark"],
  chosen: () => localStorage.getItem("gongbao-theme") ?? "system",
  show(choice) {
    document.documentElement.dataset.theme = choice;
    const button = document.getElementById("theme");
    if (!button) return;
    button.textContent = { system: "◐", light: "☀", dark: "☾" }[choice];
    button.setAttribute("aria-label", `Theme: ${choice}`);
    button.title = button.getAttribute("aria-label");
  },
};
gongbaoTheme.show(gongbaoTheme.chosen());
document.addEventListener("DOMContentLoaded", () => {
  gongbaoTheme.show(gongbaoTheme.chosen());
  document.getElementById("theme").addEventListener("click", () => {
    const { choices, chosen } = gongbaoTheme;
    const next = choices[(choices.indexOf(chosen()) + 1) % choices.length];
    localStorage.setItem("gongbao-theme", next);
    gongbaoTheme.show(next);
    document.dispatchEvent(new Event("gongbao-theme"));
  });
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.closest("input, textarea, select")) {
    event.preventDefault();
    document.getElementById("find").focus();
  }
});
