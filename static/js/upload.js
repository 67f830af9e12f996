// Files on their way to the gateway: looked at before they are sent, one after another, each with
// its own bar; what is refused stays with the reason until it is tried again or dropped. Without
// this script the same forms work, one file after another.
(() => {
  const words = document.getElementById("upload-words")?.dataset;
  if (!words) return;
  const HEADS = ["25504446", "ffd8ff", "89504e47"]; // PDF, JPEG, PNG
  const waiting = [];
  let isBusy = false;

  async function wrongWith(file, form) {
    const day = form.querySelector('[data-day="required"] input');
    if (day && !day.value) return words.day;
    if (file.size === 0) return words.empty;
    if (file.size > Number(words.mostBytes)) return words.large;
    const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
    const hex = [...head].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return HEADS.some((each) => hex.startsWith(each)) ? "" : words.type;
  }

  function rowOf(file, list) {
    const row = document.getElementById("upload-row").content.firstElementChild.cloneNode(true);
    row.querySelector(".upload-name").textContent = file.name;
    row.querySelector(".upload-state").textContent = words.waits;
    list.append(row);
    return row;
  }
  function refuse(job, reason) {
    job.row.classList.add("upload-wrong");
    job.row.querySelector(".upload-state").textContent = reason;
    job.row.querySelector("[data-act=retry]").hidden = false;
  }
  function take(form, files) {
    const list = document.getElementById(form.dataset.upload);
    for (const file of files) {
      const data = new FormData(form);
      data.set("file", file);
      const job = { form, file, data, action: form.action, target: form.dataset.target };
      job.row = rowOf(file, list);
      job.row.job = job;
      waiting.push(job);
    }
    next();
  }
  async function next() {
    if (isBusy || !waiting.length) return;
    isBusy = true;
    const job = waiting.shift();
    try {
      const reason = await wrongWith(job.file, job.form);
      if (reason) refuse(job, reason);
      else await send(job);
    } finally {
      isBusy = false;
      next();
    }
  }
  function send(job) {
    const bar = job.row.querySelector("progress");
    const state = job.row.querySelector(".upload-state");
    return new Promise((done) => {
      const request = job.request = new XMLHttpRequest();
      state.textContent = "0%";
      request.open("POST", job.action);
      request.setRequestHeader("HX-Request", "true");
      request.upload.addEventListener("progress", (event) => {
        if (!event.lengthComputable) return;
        bar.value = (100 * event.loaded) / event.total;
        state.textContent = `${Math.floor(bar.value)}%`;
      });
      request.upload.addEventListener("load", () => { bar.value = 100; state.textContent = words.checking; });
      request.addEventListener("load", () => { answered(job, request); done(); });
      request.addEventListener("error", () => { refuse(job, words.lost); done(); });
      request.addEventListener("abort", done);
      request.send(job.data);
    });
  }
  // Refused (422) or put off (503) by the portal itself, not by what stands before it.
  function saysWhy(request) {
    const type = request.getResponseHeader("Content-Type") ?? "";
    return [422, 503].includes(request.status) && type.startsWith("text/plain");
  }
  function answered(job, request) {
    const isPage = request.responseText.includes("<html");
    if (saysWhy(request)) refuse(job, request.responseText);
    else if (isPage && request.status === 200) refuse(job, words.signedOut);
    else if (request.status !== 200 || isPage) refuse(job, words.lost);
    else {
      job.row.remove();
      if (job.target) htmx.swap(`#${job.target}`, request.responseText, { swapStyle: "outerHTML" });
      else htmx.swap("body", request.responseText, { swapStyle: "none" });
      document.getElementById("upload-said").textContent = `${job.file.name} ${words.done}`;
      begin();
    }
  }

  // The hint and the day follow the type of paper.
  function follow(select) {
    const form = select.closest("form");
    const kind = select.selectedOptions[0].dataset;
    form.querySelector("[data-hint].help").textContent = kind.hint;
    const day = form.querySelector(".field[data-day]");
    if (!day) return;
    day.dataset.day = kind.day;
    day.hidden = kind.day === "none";
    day.querySelector("[data-day-optional]").hidden = kind.day === "required";
  }
  function begin() {
    document.querySelectorAll("select[data-type]").forEach(follow);
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("select[data-type]")) follow(event.target);
    const form = event.target.closest("[data-upload]");
    if (!form || event.target.type !== "file") return;
    take(form, [...event.target.files]);
    event.target.value = "";
  });
  document.addEventListener("click", (event) => {
    const row = event.target.closest("[data-act]")?.closest(".upload-row");
    if (!row) return;
    const job = row.job;
    const place = waiting.indexOf(job);
    if (place >= 0) waiting.splice(place, 1);
    job.request?.abort();
    row.remove();
    // The day may have been typed meanwhile, and the page drawn anew since.
    const form = [...document.querySelectorAll("[data-upload]")].find((each) => each.action === job.action && each.dataset.upload === job.form.dataset.upload);
    if (event.target.dataset.act === "retry") take(form ?? job.form, [job.file]);
  });
  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      const form = event.target.closest?.("[data-upload]");
      if (!form) return;
      event.preventDefault();
      form.classList.toggle("upload-over", kind === "dragover");
      if (kind === "drop") take(form, [...event.dataTransfer.files]);
    });
  }
  document.addEventListener("htmx:responseError", (event) => {
    const says = document.getElementById("papers-says");
    if (says && saysWhy(event.detail.xhr)) says.textContent = event.detail.xhr.responseText;
  });
  document.addEventListener("htmx:load", begin);
  window.addEventListener("beforeunload", (event) => {
    if (isBusy) event.preventDefault();
  });

  begin();
})();
