// A medical word opens its meaning beside it: by click or Enter, closed by Esc. Without script the link leads to the
// list "Words on this page". Nothing opens on hover.
"use strict";

const POPS = HTMLElement.prototype.hasOwnProperty("popover");

function explain(link, at) {
  const term = document.getElementById(link.hash.slice(1));
  const meaning = term && term.nextElementSibling;
  if (!meaning) return;
  const box = document.createElement("span");
  box.className = "meaning";
  box.id = `meaning-${at}`;
  box.popover = "auto";
  box.tabIndex = -1;
  box.append(Object.assign(document.createElement("strong"), { textContent: term.textContent }), " ");
  box.append(...meaning.cloneNode(true).childNodes);
  link.after(box);
  link.setAttribute("role", "button");
  link.setAttribute("aria-expanded", "false");
  link.setAttribute("aria-controls", box.id);
  box.addEventListener("toggle", (event) => {
    const open = event.newState === "open";
    link.setAttribute("aria-expanded", open);
    if (open) place(box, link);
    else if (box.contains(document.activeElement)) link.focus();
  });
  const turn = (event) => {
    event.preventDefault();
    box.togglePopover();
    if (box.matches(":popover-open")) box.focus();
  };
  // A press outside closes the box first: without this, a press on the word itself would open it again.
  let wasOpen = false;
  link.addEventListener("pointerdown", () => { wasOpen = box.matches(":popover-open"); });
  link.addEventListener("click", (event) => {
    if (wasOpen) event.preventDefault();
    else turn(event);
    wasOpen = false;
  });
  link.addEventListener("keydown", (event) => { if (event.key === " ") turn(event); });
}

function place(box, link) {
  const word = link.getClientRects()[0];
  const room = document.documentElement.clientWidth - box.offsetWidth - 8;
  const below = word.bottom + 6;
  const fits = below + box.offsetHeight < window.innerHeight;
  box.style.insetInlineStart = `${Math.max(8, Math.min(word.left, room))}px`;
  box.style.insetBlockStart = `${Math.max(8, fits ? below : word.top - box.offsetHeight - 6)}px`;
}

if (POPS) document.querySelectorAll('a.term[href^="#w-"]').forEach(explain);
