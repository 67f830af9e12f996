// Judging without the mouse: the queue, and one application.
(() => {
  if (window.judging) return;
  window.judging = true;
  const KEEP_EVERY = 2 * 60 * 1000;
  const page = () => document.querySelector("[data-judging]");
  const { all, keys, move, panels } = window.desk;
  const click = (selector, root = document) => root.querySelector(selector)?.click();

  // The queue.
  const chosen = new Set();
  const lines = () => all("[data-judging-line]");
  const current = () => window.desk.current(lines());
  const titleOf = (line) => line.querySelector(".judging-title");

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
    j: () => move(lines(), 1, titleOf),
    k: () => move(lines(), -1, titleOf),
    t: () => {
      const line = current();
      if (line) click("[data-judging-take]", line);
    },
    x: () => click('input[name="chosen"]', current() ?? document.createElement("i")),
    b: () => click("[data-judging-together]"),
    "/": () => document.getElementById("judging-words")?.focus(),
  };

  // One application.
  const verdicts = panels({
    button: "[data-judging-open]",
    first: "[data-judging-first]",
    form: "[data-judging-panel]",
  });
  const panel = (name) => document.querySelector(`[data-judging-panel="${name}"]`);
  const isOpen = (name) => panel(name)?.hidden === false;
  const open = (name) => verdicts.open(document.querySelector(`[data-judging-open="${name}"]`));
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
    if (verdicts.opened()) verdicts.open(null);
    else click("[data-judging-back]");
  }
  keys({
    isHere: page,
    of: (event) => {
      if (help()?.open) return undefined;
      const own = { queue: QUEUE, application: DESK }[page().dataset.judging] ?? {};
      // The document turns its own pages while it has the focus.
      const turnsItself = event.key.length > 1 && event.target.closest?.("[data-document]");
      const act = { "?": () => help()?.showModal(), Escape: escape }[event.key] ?? own[event.key];
      return turnsItself ? undefined : act;
    },
    inField: (event) => {
      if (event.key === "Escape" && !help()?.open) event.target.blur();
    },
    withControl: (event) => {
      if (event.key === "Enter" && isOpen("reject")) panel("reject").requestSubmit();
    },
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-judging-help]")) help()?.showModal();
  });
  document.addEventListener("change", (event) => {
    if (event.target.name === "chosen") choose(event.target);
    if (event.target.name === "reasons") remedies();
  });
  document.addEventListener("htmx:afterSwap", restore);
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
