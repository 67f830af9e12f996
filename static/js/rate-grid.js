// The table of a draft's prices: rows added, removed and moved without a mouse, cells pasted from a
// spreadsheet. Without this file it is a plain form with one empty row to fill in.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("rate-grid");
  if (!form) return;
  const body = form.querySelector("tbody");
  const template = document.getElementById("rate-row");
  const dirty = form.querySelector(".rates-dirty");
  const cellsOf = (row) => [...row.querySelectorAll("input")];
  let isDirty = false;

  function touch() {
    isDirty = true;
    dirty.hidden = false;
  }
  function renumber() {
    [...body.rows].forEach((row, place) => {
      row.querySelector(".rates-number").textContent = place + 1;
      for (const cell of cellsOf(row)) {
        cell.setAttribute("aria-label", `${place + 1} · ${cell.dataset.label ??= cell.ariaLabel}`);
      }
      row.querySelector("[data-grid=remove]").hidden = false;
    });
  }
  function addAfter(row) {
    const added = template.content.firstElementChild.cloneNode(true);
    row ? row.after(added) : body.append(added);
    renumber();
    return added;
  }
  function remove(row) {
    const next = row.nextElementSibling ?? row.previousElementSibling ?? addAfter(row);
    row.remove();
    renumber();
    touch();
    cellsOf(next)[0].focus();
  }
  function swap(row, column, step) {
    const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    step < 0 ? other.before(row) : other.after(row);
    renumber();
    touch();
    cellsOf(row)[column].focus();
  }
  function go(row, column, step, adds) {
    let to = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!to && adds) to = addAfter(row);
    if (to) cellsOf(to)[column].select();
  }
  function paste(text, row, column) {
    const lines = text.replace(/\r/g, "").replace(/\n+$/, "").split("\n");
    lines.forEach((line, place) => {
      if (place) row = row.nextElementSibling ?? addAfter(row);
      line.split("\t").forEach((value, offset) => {
        const cell = cellsOf(row)[column + offset];
        if (cell) cell.value = value.trim();
      });
    });
    touch();
  }

  body.addEventListener("keydown", (event) => {
    if (event.target.tagName !== "INPUT" || event.isComposing) return;
    const row = event.target.closest("tr");
    const column = cellsOf(row).indexOf(event.target);
    const step = { ArrowUp: -1, ArrowDown: 1, Enter: 1 }[event.key];
    if (event.ctrlKey && event.key === "Enter") cellsOf(addAfter(row))[0].focus();
    else if (event.ctrlKey && event.key === "Delete") remove(row);
    else if (event.altKey && step && event.key !== "Enter") swap(row, column, step);
    else if (step) go(row, column, step, event.key === "Enter");
    else return;
    event.preventDefault();
  });
  body.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text");
    if (event.target.tagName !== "INPUT" || !/[\t\n]/.test(text)) return;
    const row = event.target.closest("tr");
    paste(text, row, cellsOf(row).indexOf(event.target));
    event.preventDefault();
  });
  form.addEventListener("click", (event) => {
    const act = event.target.dataset.grid;
    if (act === "add") cellsOf(addAfter(body.lastElementChild))[0].focus();
    if (act === "remove") remove(event.target.closest("tr"));
  });
  form.addEventListener("input", touch);
  form.addEventListener("submit", () => { isDirty = false; });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    form.requestSubmit();
  });
  // Publishing and leaving would lose what was typed.
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (isDirty && !window.confirm(form.dataset.unsaved)) event.preventDefault();
  });
  window.addEventListener("beforeunload", (event) => {
    if (isDirty) event.preventDefault();
  });

  form.querySelector("[data-grid=add]").hidden = false;
  renumber();
  (form.querySelector("[aria-invalid]") ?? body.querySelector("input")).focus();
});
