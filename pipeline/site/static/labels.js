// Verdicts on rows, kept in this browser, and the label set that `gongbao evaluate` reads. No page is touched here.
"use strict";
const gongbaoLabels = (() => {
  const key = (issueId) => `gongbao-review:${issueId}`;
  const squash = (text) => text.replace(/\s+/gu, "");

  /** All verdicts of an issue by row id: {verdict, label, inside}. */
  const load = (issueId) => JSON.parse(localStorage.getItem(key(issueId)) ?? "{}");

  const save = (issueId, verdicts) => localStorage.setItem(key(issueId), JSON.stringify(verdicts));

  /** Whether rows of a dataset have a label form; an office in charge without a name has none. */
  const canJudge = (dataset, row) => dataset in globalThis.gongbaoSchema.judged && (dataset !== "officials" || Boolean(row.name));

  /** The label that says of a row what the row says of itself. */
  const labelOf = (dataset, row) => {
    const schema = globalThis.gongbaoSchema;
    const place = { t: schema.letters[dataset], start: row.char_start, end: row.char_end, text: row.text };
    if (dataset === "officials") return { ...place, name: squash(row.name), role: row.role, org: row.organization, position: row.position };
    if (dataset === "responsibilities") return { ...place, agency: squash(row.agency), duty: row.duty };
    const columns = { comparator: "cmp" };
    return { ...place, ...Object.fromEntries(schema.judged[dataset].map((name) => [dataset === "quantities" ? columns[name] ?? name : name, row[name] ?? null])) };
  };

  /** A label of selected text that says nothing yet but where it is. */
  const emptyLabel = (dataset, place) => {
    const made = labelOf(dataset, { char_start: place.start, char_end: place.end, text: place.text, name: place.text, agency: place.text, role: null, organization: null, position: null, duty: null });
    if (dataset === "quantities") Object.assign(made, { cmp: "=", kind: "target", unit: "", stretch: false, indicator: "" });
    if ("stretch" in made) made.stretch = false;
    return made;
  };

  /** Labels of accepted and corrected rows in text order; two rows that say the same make one label. */
  const labels = (verdicts) => {
    const kept = Object.values(verdicts).filter((entry) => entry.verdict !== "reject").map((entry) => entry.label);
    const once = new Map(kept.map((label) => [[label.t, label.start, label.end, label.name].join(), label]));
    return [...once.values()].sort((a, b) => a.start - b.start || a.end - b.end);
  };

  /**
   * The stretches that the verdicts cover, by dataset, as slices.json holds them. A stretch leaves out the first
   * character of a row of the same dataset that stands inside of it and has no verdict, so that this row is not judged.
   */
  const slices = (verdicts) => {
    const datasets = globalThis.gongbaoDatasetOf;
    const found = { quantities: [], officials: [], responsibilities: [] };
    const byDataset = Map.groupBy(Object.values(verdicts), (entry) => entry.dataset ?? datasets?.[entry.label.t] ?? { q: "quantities", p: "officials", a: "responsibilities" }[entry.label.t]);
    for (const [dataset, entries] of byDataset) found[dataset] = slicesOf(entries, verdicts);
    return found;
  };
  const slicesOf = (entries, verdicts) => {
    const spans = entries.map((entry) => [entry.label.start, entry.label.end]);
    spans.sort((a, b) => a[0] - b[0]);
    const merged = [];
    for (const [start, end] of spans) {
      const last = merged.at(-1);
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else merged.push([start, end]);
    }
    const judged = new Set(spans.map(([start]) => start));
    const holes = entries.flatMap((entry) => entry.inside.filter(([id]) => !(id in verdicts)))
      .map(([, start]) => start).filter((start) => !judged.has(start));
    for (const hole of new Set(holes)) {
      const at = merged.findIndex(([start, end]) => start <= hole && hole < end);
      const [start, end] = merged[at];
      merged.splice(at, 1, ...[[start, hole], [hole + 1, end]].filter(([from, to]) => from < to));
    }
    return merged;
  };

  /** Files of the label set by name: labels, stretches, and the text beside them. */
  const files = (edition, verdicts, text) => ({
    [`${edition}.jsonl`]: labels(verdicts).map((label) => `${JSON.stringify(label)}\n`).join(""),
    [`${edition}.txt`]: text,
    "slices.json": `${JSON.stringify({ [edition]: slices(verdicts) })}\n`,
    "gold.toml": `[sources]\n"${edition}" = "${edition}.txt"\n`,
  });

  /** Give the reader the label set of an issue as one archive. */
  const download = async (issueId) => {
    const { issue, text } = await gongbaoLoadText(issueId);
    const contents = Object.entries(files(issue.edition, load(issueId), text));
    const packed = fflate.zipSync(Object.fromEntries(contents.map(([name, data]) => [name, fflate.strToU8(data)])));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([packed], { type: "application/zip" }));
    link.download = `gold-${issue.edition}.zip`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };

  return { load, save, canJudge, labelOf, emptyLabel, labels, slices, files, download };
})();
