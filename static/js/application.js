// A form that is left with something unsaved asks first. Where the form keeps itself
// (#autosave), an answer that all is kept makes it clean, unless more was typed meanwhile.
(() => {
  const form = document.querySelector("form[data-unsaved]");
  if (!form) return;
  let typed = 0;
  let sent = 0;
  let kept = 0;

  form.addEventListener("input", () => { typed += 1; });
  document.addEventListener("submit", () => { kept = typed; });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt.id === "autosave") sent = typed;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt.id !== "autosave") return;
    const isKept = event.detail.successful && event.detail.xhr.responseText.includes("data-kept");
    if (isKept) kept = sent;
  });
  // What was typed before the scripts were there is told to them now.
  document.addEventListener("DOMContentLoaded", () => {
    const early = [...form.elements].filter((each) => each.matches("input[type=text], textarea") && each.value !== each.defaultValue);
    for (const each of early) {
      for (const kind of ["input", "change"]) each.dispatchEvent(new Event(kind, { bubbles: true }));
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (typed !== kept) event.preventDefault();
  });
})();
