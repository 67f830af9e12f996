// Judging without the mouse: the queue, and one application. Letters are shortcuts only while
// nobody types in a field.
(() => {
  if (window.judging) return;
  window.judging = true;
  const KEEP_EVERY = 2 * 60 * 1000;
  const page = () => document.querySelector("[data-judging]");
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const click = (selector, root = document) => root.querySelector(selector)?.click();

  // The queue.
  const chosen = new Set();
  const lines = () => all("[data-judging-line]");
  const lineOf = (element) => element?.closest?.("[data-judging-line]");
  const current = () => lineOf(document.activeElement);

  function move(step) {
    const rows = lines();
    const place = rows.indexOf(current());
    const to = place < 0 ? (step > 0 ? 0 : rows.length - 1) : place + step;
    const link = rows[Math.max(0, Math.min(rows.length - 1, to))]?.querySelector(".judging-title");
    link?.focus();
    link?.scrollIntoView({ block: "nearest" });
  }
  function tell() {
    const button = document.querySelector("[data-judging-together]");
    if (!button) return;
    button.disabled = chosen.size < 2;
    button.querySelector("[data-judging-chosen]").textContent = chosen.size ? ` (${chosen.size})` : "";
  }
  function choose(box) {
    chosen[box.checked ? "add" : "delete"](box.value);
    tell();
  }
  // What was chosen stays chosen when the table is drawn anew; what is gone is forgotten.
  function restore() {
    const boxes = all('[data-judging-line] input[name="chosen"]');
    for (const box of boxes) box.checked = chosen.has(box.value);
    const there = new Set(boxes.map((box) => box.value));
    for (const value of chosen) if (!there.has(value)) chosen.delete(value);
    tell();
  }
  const QUEUE = {
    j: () => move(1),
    k: () => move(-1),
    t: () => {
      const line = current();
      if (line) click("[data-judging-take]", line);
    },
    x: () => click('input[name="chosen"]', current() ?? document.createElement("i")),
    b: () => click("[data-judging-together]"),
    "/": () => document.getElementById("judging-words")?.focus(),
  };

  // One application.
  const panel = (name) => document.querySelector(`[data-judging-panel="${name}"]`);
  const isOpen = (name) => panel(name)?.hidden === false;
  function open(name) {
    for (const each of all("[data-judging-panel]")) each.hidden = each.dataset.judgingPanel !== name;
    for (const each of all("[data-judging-open]")) each.setAttribute("aria-expanded", each.dataset.judgingOpen === name);
    if (!name) return;
    panel(name)?.querySelector("[data-judging-first]")?.focus();
  }
  function reason(number) {
    if (!panel("reject")) return;
    open("reject");
    all('[name="reasons"]', panel("reject"))[number - 1]?.click();
  }
  function remedies() {
    const form = panel("reject");
    if (!form) return;
    const codes = all('[name="reasons"]:checked', form).map((box) => box.value);
    for (const each of all("[data-judging-remedy]", form)) each.hidden = !codes.includes(each.dataset.judgingRemedy);
    form.querySelector("[data-judging-no-remedy]").hidden = codes.length > 0;
  }
  function turn(step) {
    const papers = all("[data-judging-paper]");
    const place = papers.findIndex((paper) => paper.getAttribute("aria-current"));
    papers[place + step]?.click();
  }
  const DESK = {
    t: () => click("[data-judging-take]"),
    a: () => panel("approve") && open("approve"),
    r: () => panel("reject") && open("reject"),
    n: () => turn(1),
    p: () => turn(-1),
    ArrowLeft: () => click('[data-document-step="-1"]'),
    ArrowRight: () => click('[data-document-step="1"]'),
    "+": () => click('[data-document-zoom="1"]'),
    "=": () => click('[data-document-zoom="1"]'),
    "-": () => click('[data-document-zoom="-1"]'),
    ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => [number, () => reason(number)])),
  };

  // Both.
  const help = () => document.querySelector("[data-judging-keys]");
  function escape() {
    if (isOpen("approve") || isOpen("reject")) open("");
    else click("[data-judging-back]");
  }
  const isField = (element) =>
    element?.matches?.('textarea, select, [contenteditable], input:not([type="checkbox"], [type="radio"])');

  document.addEventListener("keydown", (event) => {
    if (!page() || event.isComposing || event.altKey) return;
    if (event.ctrlKey || event.metaKey) {
      if (event.key === "Enter" && isOpen("reject")) panel("reject").requestSubmit();
      return;
    }
    if (help()?.open) return;
    if (isField(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const keys = { queue: QUEUE, application: DESK }[page().dataset.judging] ?? {};
    // The document turns its own pages while it has the focus.
    const turnsItself = event.key.length > 1 && event.target.closest?.("[data-document]");
    const act = { "?": () => help()?.showModal(), Escape: escape }[event.key] ?? keys[event.key];
    if (!act || turnsItself || event.defaultPrevented) return;
    event.preventDefault();
    act();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-judging-help]")) help()?.showModal();
    const button = event.target.closest("[data-judging-open]");
    if (button) open(isOpen(button.dataset.judgingOpen) ? "" : button.dataset.judgingOpen);
  });
  document.addEventListener("change", (event) => {
    if (event.target.name === "chosen") choose(event.target);
    if (event.target.name === "reasons") remedies();
  });
  document.addEventListener("htmx:afterSwap", restore);
  // One decision, sent once.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches?.("[data-judging-panel]")) return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "1";
  });
  // Whoever works on an application keeps it.
  let kept = Date.now();
  for (const name of ["keydown", "pointerdown", "wheel"]) {
    document.addEventListener(name, () => {
      if (!document.querySelector("[data-judging-keep]") || Date.now() - kept < KEEP_EVERY) return;
      kept = Date.now();
      document.body.dispatchEvent(new Event("judging:active"));
    }, { passive: true });
  }
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.target.matches?.("[data-judging-keep]")) document.body.dispatchEvent(new Event("judging:kept"));
  });
  const begin = () => { restore(); remedies(); };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
