// A payment on its way to the gateway: its slip is looked at before it is sent and stays chosen
// while what was typed is mended. Without this script the form works, and asks for the slip again.
(() => {
  const form = document.getElementById("remittance");
  const words = document.getElementById("upload-words")?.dataset;
  if (!form || !words) return;

  function wrongWith(file) {
    if (!file) return "";
    if (file.size === 0) return words.empty;
    return file.size > Number(words.mostBytes) ? words.large : "";
  }
  // What the browser would say of the file in its own words is said in the page's.
  function name() {
    const place = form.querySelector(".slip-drop");
    const file = form.elements.voucher.files[0];
    const says = place.querySelector(".slip-name");
    says.dataset.none ??= says.textContent;
    says.textContent = file ? file.name : says.dataset.none;
    place.classList.toggle("slip-chosen", Boolean(file));
  }
  function look() {
    name();
    const reason = wrongWith(form.elements.voucher.files[0]);
    document.getElementById("slip-says").textContent = reason;
    return reason;
  }
  function say(text, percent) {
    const sending = document.getElementById("sending");
    sending.hidden = !text;
    sending.querySelector("progress").hidden = percent === undefined;
    sending.querySelector("progress").value = percent ?? 0;
    document.getElementById("sending-says").textContent = text;
  }

  form.addEventListener("change", (event) => {
    if (event.target.type === "file") look();
  });
  form.addEventListener("click", (event) => {
    if (event.target.closest(".slip-drop") && event.target.type !== "file") form.elements.voucher.click();
  });
  for (const kind of ["dragover", "dragleave", "drop"]) {
    form.addEventListener(kind, (event) => {
      const place = event.target.closest(".slip-drop");
      if (!place) return;
      event.preventDefault();
      place.classList.toggle("slip-over", kind === "dragover");
      if (kind !== "drop" || event.dataTransfer.files.length === 0) return;
      form.elements.voucher.files = event.dataTransfer.files;
      form.elements.voucher.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
  form.addEventListener("htmx:beforeRequest", (event) => {
    if (look()) event.preventDefault();
  });
  form.addEventListener("htmx:xhr:progress", (event) => {
    if (!event.detail.lengthComputable || form.elements.voucher.files.length === 0) return;
    const percent = Math.floor((100 * event.detail.loaded) / event.detail.total);
    say(percent < 100 ? `${percent}%` : words.checking, percent);
  });
  form.addEventListener("htmx:beforeSwap", (event) => {
    // Somebody who was signed out meanwhile is led to a page without this form.
    if (event.detail.xhr.responseText.includes('id="fields"')) return;
    event.detail.shouldSwap = false;
    if (!event.detail.xhr.getResponseHeader("HX-Redirect")) say(words.signedOut);
  });
  for (const kind of ["htmx:sendError", "htmx:responseError"]) {
    form.addEventListener(kind, () => say(words.lost));
  }
  form.addEventListener("htmx:afterSettle", () => {
    name();
    form.dispatchEvent(new Event("input")); // it is still not kept
    const first = form.querySelector(".repeated, .field-wrong input, .field-wrong select");
    first?.focus();
    first?.scrollIntoView({ block: "center" });
  });

  form.classList.add("scripted");
  name();
})();
