// The charts, each with its numbers as a table beneath.
"use strict";
{
  const data = JSON.parse(document.getElementById("data").textContent);
  const charts = new Map();
  const MOST = 40;
  const probe = document.body.appendChild(document.createElement("span"));
  probe.hidden = true;
  /** What a custom property is in the theme of the moment: light-dark() is settled in colours alone. */
  const resolved = (name) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const short = (label) => (label.length > 22 ? `${label.slice(0, 21)}…` : label);

  const fill = (name, rows) => {
    const lines = rows.map((row) => {
      const line = document.createElement("tr");
      row.forEach((content, index) => {
        const cell = line.insertCell();
        cell.textContent = content;
        if (index) cell.className = "number";
      });
      return line;
    });
    document.getElementById(`${name}-table`).replaceChildren(...lines);
  };

  const draw = (name, rows, { max, open } = {}) => {
    const canvas = document.getElementById(name);
    if (!canvas) return;
    const shown = rows.slice(0, MOST);
    canvas.closest(".figure").hidden = !rows.length;
    if (!rows.length) return;
    fill(name, rows);
    charts.get(name)?.destroy();
    canvas.parentElement.style.height = `${shown.length * 24 + 48}px`;
    const ink = resolved("--ink");
    const grid = resolved("--line");
    const narrow = innerWidth < 600;
    charts.set(name, new Chart(canvas, {
      type: "bar",
      data: { labels: shown.map(([label]) => label), datasets: [{ data: shown.map(([, count]) => count), backgroundColor: resolved("--bar"), maxBarThickness: 16 }] },
      options: {
        indexAxis: "y", animation: false, maintainAspectRatio: false,
        onClick: (_, [hit]) => hit && open?.(shown[hit.index], hit.index),
        plugins: { legend: { display: false } },
        scales: {
          x: { beginAtZero: true, max, ticks: { color: ink }, grid: { color: grid } },
          y: { ticks: { color: ink, autoSkip: false, callback: (_, index) => (narrow ? short(shown[index][0]).slice(0, 12) : short(shown[index][0])) }, grid: { display: false } },
        },
      },
    }));
  };

  const chooser = document.getElementById("of");
  const withTargets = data.documents.filter(({ targets }) => targets);
  chooser.append(new Option("all documents", ""), ...withTargets.map(({ label }, index) => new Option(label, index)));
  const indicators = () => withTargets[chooser.value]?.indicators ?? data.indicators;
  const byRule = ([id]) => location.assign(`rules/${id}.html`);
  const drawAll = () => {
    const documents = withTargets.toSorted((a, b) => b.targets - a.targets);
    draw("documents", documents.map(({ label, targets }) => [label, targets]), { open: (_, at) => location.assign(documents[at].href) });
    draw("indicators", indicators());
    draw("rules", data.rules, { open: byRule });
    draw("precision", data.precision, { max: 1, open: byRule });
  };
  chooser.addEventListener("change", () => draw("indicators", indicators()));
  document.addEventListener("gongbao-theme", drawAll);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  drawAll();
  document.documentElement.dataset.ready = "yes";
}
