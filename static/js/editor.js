// The writer's desk: what is typed is kept every few seconds, colleagues on the same page are named, the patients'
// page and what the checks say follow the text. Without this script all of it comes with the next save.
(() => {
  "use strict";
  const editor = document.querySelector("[data-desk]");
  if (!editor) return;
  const form = editor.closest("form"), area = editor.querySelector(".markdownx-editor"), desk = editor.dataset.desk;
  const said = editor.querySelector("[data-said]"), findings = editor.querySelector("[data-findings]");
  const others = document.querySelector("[data-others]");
  const PAUSE = 1200, LONGEST = 5000, BEAT = 20000;
  let unsaved = false, since = 0, timer = 0, sending = null, leaving = false;

  const entries = (more) => {
    const data = new FormData(form);
    data.set("page", editor.dataset.page);
    for (const name of Object.keys(more)) data.set(name, more[name]);
    return data;
  };
  const post = (url, data) => fetch(url, { method: "POST", body: data, signal: sending && sending.signal });
  const tell = (words) => { if (said.textContent !== words) said.textContent = words; };
  const nameOthers = (sentences) => {
    if (sentences.join() === [...others.children].map((each) => each.textContent).join()) return;
    others.replaceChildren(...sentences.map((sentence) => {
      const line = document.createElement("p");
      line.className = "others";
      line.textContent = sentence;
      return line;
    }));
  };

  const keep = async () => {
    window.clearTimeout(timer);
    since = timer = 0;
    sending = new AbortController();
    try {
      const response = await post(desk, entries({ typed: "yes" }));
      if (!response.ok) throw new Error(String(response.status));
      const answer = await response.json();
      if (answer.kept) { form.elements.copy.value = answer.copy; unsaved = timer !== 0; }
      tell(answer.said);
      nameOthers(answer.others);
      showPreview();
      await check();
    } catch (error) {
      if (!leaving) tell(editor.dataset.lost);
    }
  };
  const later = () => {
    unsaved = true;
    since = since || Date.now();
    window.clearTimeout(timer);
    timer = window.setTimeout(keep, Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now())));
  };

  // What the checks say: put in place unless somebody is writing a reason there just now.
  const check = async () => {
    const response = await post(area.dataset.markdownxUrlsPath, entries({}));
    const html = response.ok ? await response.text() : "";
    if (html && !findings.contains(document.activeElement)) findings.innerHTML = html;
  };
  findings.addEventListener("focusout", () => window.setTimeout(() => { if (unsaved) later(); }, 0));
  findings.addEventListener("click", (event) => {
    const button = event.target.closest("[data-line]");
    if (!button) return;
    const lines = area.value.split("\n"), at = Number(button.dataset.line) - 1;
    const start = lines.slice(0, at).join("\n").length + (at > 0 ? 1 : 0);
    area.focus();
    area.setSelectionRange(start, start + (lines[at] || "").length);
    area.scrollTop = area.scrollHeight * at / lines.length - area.clientHeight / 3;
  });

  // The patients' page in its frame. Its links stay put, it keeps its place, and paper shows the rules for printing.
  const preview = editor.querySelector("[data-preview]"), frame = preview.querySelector("iframe");
  let place = 0, view = "phone";
  const printRules = (rules) => {
    for (const rule of rules) {
      if (rule.media && /print/.test(rule.media.mediaText)) rule.media.mediaText = "all";
      if (rule.cssRules) printRules(rule.cssRules);
      if (rule.styleSheet) printRules(rule.styleSheet.cssRules);
    }
  };
  const showPreview = () => {
    if (!frame.contentWindow) return;
    place = frame.contentWindow.scrollY || 0;
    frame.contentWindow.location.replace(`${desk}${view === "tint" ? "tint" : "preview"}/`);
  };
  frame.addEventListener("load", () => {
    const inside = frame.contentDocument;
    if (!inside) return;
    if (view === "print") for (const sheet of inside.styleSheets) printRules(sheet.cssRules);
    inside.addEventListener("click", (event) => {
      const link = event.target.closest("a, button");
      if (link && !(link.getAttribute("href") || "").startsWith("#")) event.preventDefault();
    });
    frame.contentWindow.scrollTo(0, place);
  });
  preview.addEventListener("click", (event) => {
    const button = event.target.closest("[data-view]");
    if (!button) return;
    view = button.dataset.view;
    for (const each of preview.querySelectorAll("[data-view]")) each.setAttribute("aria-pressed", String(each === button));
    editor.dataset.view = view;
    preview.scrollIntoView({ block: "nearest" });
    showPreview();
  });
  preview.hidden = false;
  editor.dataset.view = view;
  showPreview();

  form.addEventListener("input", (event) => { if (!event.target.closest("[data-tools]")) later(); });
  form.addEventListener("submit", (event) => {
    if (event.submitter && event.submitter.hasAttribute("data-keeps-text")) return;
    leaving = true;
    unsaved = false;
    window.clearTimeout(timer);
    if (sending) sending.abort();
  });
  window.setInterval(async () => {
    try {
      const response = await fetch(desk, { method: "POST", body: beat({}) });
      if (response.ok) nameOthers((await response.json()).others);
    } catch (error) { /* the next beat tries again */ }
  }, BEAT);
  const beat = (more) => {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    for (const name of Object.keys(more)) data.set(name, more[name]);
    return data;
  };
  window.addEventListener("pagehide", () => navigator.sendBeacon(desk, beat({ left: "yes" })));
  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
})();
