// The decision aid: says back in words what was marked on this page. It keeps nothing and sends nothing.
"use strict";

const aid = (name) => document.querySelector(`[data-aid="${name}"]`);
const [acts, said, told, nothing] = ["acts", "said", "told", "nothing"].map(aid);
const marks = [...document.querySelectorAll(".weigh input, .asks input")];

// The words of a node, without the numbers of its sources.
const words = (node) => {
  const copy = node.cloneNode(true);
  for (const number of copy.querySelectorAll("sup")) number.remove();
  return copy.textContent.trim();
};

const line = (mark) => {
  const item = document.createElement("li");
  const group = mark.closest("fieldset");
  if (!group) item.append(words(mark.nextElementSibling));
  else {
    const matter = document.createElement("strong");
    matter.append(words(group.querySelector("legend")));
    item.append(matter);
    if (mark.value === "lot") item.append(document.createElement("br"), words(group.querySelector("p")));
  }
  return item;
};

const say = () => {
  for (const part of said.querySelectorAll("[data-of]")) {
    const chosen = marks.filter((mark) => mark.checked && mark.value === part.dataset.of);
    part.hidden = !chosen.length;
    const list = document.createElement("ul");
    list.append(...chosen.map(line));
    part.replaceChildren(part.firstElementChild, list);
  }
  nothing.hidden = marks.some((mark) => mark.checked);
};

const show = () => {
  say();
  said.hidden = false;
  told.textContent = "";
};

acts.hidden = false;
aid("paper").hidden = true;
for (const mark of marks) mark.addEventListener("change", say);
addEventListener("pageshow", say); // a browser may give marks back when somebody returns to the page

aid("show").addEventListener("click", () => {
  show();
  said.querySelector("h3").focus();
});

aid("print").addEventListener("click", () => {
  show();
  document.documentElement.dataset.only = "said";
  window.print();
});
addEventListener("afterprint", () => delete document.documentElement.dataset.only);

aid("clear").addEventListener("click", () => {
  for (const mark of marks) mark.checked = false;
  said.hidden = true;
  say();
  told.textContent = told.dataset.cleared;
});
