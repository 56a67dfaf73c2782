// Puts blocks, sources, words, links and pictures into the text at the cursor, so that undo takes them out again.
(() => {
  "use strict";
  const editor = document.querySelector("[data-editor]");
  const tools = editor && editor.querySelector("[data-tools]");
  if (!tools) return;
  const form = editor.closest("form"), area = editor.querySelector(".markdownx-editor"), said = editor.querySelector("[data-said]");
  tools.hidden = false;

  const put = (words) => {
    area.focus();
    if (!document.execCommand("insertText", false, words)) {
      area.setRangeText(words, area.selectionStart, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };
  // What is selected goes between the two halves; when nothing is, the cursor does, or words of their own.
  // A picked word is whole: the cursor goes behind it, so that the next pick does not land inside.
  const insert = ({ before, after = "", own = "" }, whole) => {
    const chosen = area.value.slice(area.selectionStart, area.selectionEnd) || own;
    put(before + chosen + after);
    const end = area.selectionEnd - after.length;
    if (after && !(whole && own && chosen === own)) area.setSelectionRange(end - (own && chosen === own ? own.length : 0), end);
  };
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("[data-before]");
    if (button) insert(button.dataset, Boolean(button.closest(".picker")));
  });

  // A picker: typing leaves what fits, names that begin so first; the arrow keys walk through it, Escape goes back to the text.
  tools.addEventListener("input", (event) => {
    const list = document.getElementById(event.target.dataset.pick);
    if (!list) return;
    const wanted = event.target.value.toLowerCase().split(/\s+/);
    for (const item of list.children) {
      const text = `${item.textContent} ${item.firstElementChild.dataset.before}`.toLowerCase();
      item.hidden = !wanted.every((word) => text.includes(word));
    }
    const rank = (item) => {
      const at = item.querySelector("strong").textContent.toLowerCase().indexOf(wanted[0]);
      return at < 0 ? 2 : Math.min(at, 1);
    };
    list.append(...[...list.children].sort((one, other) => rank(one) - rank(other)));
  });
  tools.addEventListener("keydown", (event) => {
    const picker = event.target.closest(".picker");
    if (event.key === "Escape") { area.focus(); return; }
    if (!picker) return;
    const choices = [...picker.querySelectorAll("li:not([hidden]) button")], at = choices.indexOf(event.target);
    if (event.key === "Enter" && event.target.matches("input")) {
      event.preventDefault();
      if (choices.length) choices[0].click();
    } else if (event.key === "ArrowDown" && choices[at + 1]) {
      event.preventDefault();
      choices[at + 1].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (choices[at - 1] || picker.querySelector("input")).focus();
    }
  });

  // Pictures: chosen, dropped or pasted. What goes wrong is said below the text.
  const linkTo = (href, words) => Object.assign(document.createElement("a"), { href, textContent: words, target: "_blank" });
  const send = async (picture) => {
    const data = new FormData();
    data.set("image", picture);
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    said.textContent = editor.dataset.busy;
    try {
      const response = await fetch(area.dataset.markdownxUploadUrlsPath, { method: "POST", body: data });
      const answer = response.headers.get("Content-Type").includes("json") ? await response.json() : {};
      if (answer.image_code) put(answer.image_code);
      said.textContent = answer.image_code ? `${editor.dataset.done} ` : answer.image_error || editor.dataset.lost;
      if (answer.edit) said.append(linkTo(answer.edit, editor.dataset.credit));
    } catch (error) {
      said.textContent = editor.dataset.lost;
    }
  };
  const sendAll = (files) => [...files].reduce((before, picture) => before.then(() => send(picture)), Promise.resolve());
  const take = (event) => {
    const data = event.dataTransfer || event.clipboardData;
    if (!data || !data.files.length) return;
    event.preventDefault();
    sendAll(data.files);
  };
  area.addEventListener("drop", take);
  area.addEventListener("paste", take);
  area.addEventListener("dragover", (event) => { if (event.dataTransfer.types.includes("Files")) event.preventDefault(); });
  tools.querySelector("[data-upload]").addEventListener("change", (event) => {
    sendAll(event.target.files);
    event.target.value = "";
  });
})();
