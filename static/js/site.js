// Small improvements to pages that already work without it: print, copy a link, keep a form from being sent twice.
"use strict";

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const status = document.getElementById(button.getAttribute("aria-describedby"));
      try {
        await navigator.clipboard.writeText(button.dataset.copy || location.href);
        if (status) status.textContent = button.dataset.done;
      } catch {
        if (status) status.textContent = button.dataset.failed;
      }
    });
  }
}

// "None of these" unticks the others, and they untick it. The server refuses the mixture, too.
for (const group of document.querySelectorAll("fieldset")) {
  const boxes = [...group.querySelectorAll("input[type=checkbox]")];
  const none = boxes.find((box) => ["none", "any"].includes(box.value));
  if (!none) continue;
  for (const box of boxes) {
    box.addEventListener("change", () => {
      if (!box.checked) return;
      for (const other of boxes) if ((other === none) !== (box === none)) other.checked = false;
    });
  }
}

// A page with an error is the answer to a form. Once left, it is an ordinary page again, so that Back can show it.
const plain = () => history.replaceState(history.state, "", location.href);
if (document.querySelector(".err")) {
  for (const link of document.querySelectorAll("main a:not([href^='#'])")) link.addEventListener("click", plain);
  document.addEventListener("submit", plain);
}

for (const form of document.querySelectorAll("form[method=post]")) {
  let sent = 0;
  form.addEventListener("submit", (event) => {
    if (event.timeStamp - sent < 1000 && sent) event.preventDefault();
    else sent = event.timeStamp;
  });
}
