// The page of reading settings: each choice shows at once and is kept in this browser.
"use strict";

const KEYS = ["theme", "text", "lines", "letters"];
const root = document.documentElement;
const panel = document.querySelector("[data-reading]");
const status = document.getElementById("reading-status");

const boxes = (key) => [...panel.querySelectorAll(`input[name="${key}"]`)];
const show = () => KEYS.forEach((key) => boxes(key).forEach((box) => (box.checked = box.value === (root.dataset[key] || ""))));

function keep() {
  const chosen = Object.fromEntries(KEYS.filter((key) => root.dataset[key]).map((key) => [key, root.dataset[key]]));
  try {
    if (Object.keys(chosen).length) localStorage.setItem("reading", JSON.stringify(chosen));
    else localStorage.removeItem("reading");
    status.textContent = panel.dataset.kept;
  } catch {
    status.textContent = panel.dataset.failed;
  }
}

function choose(key, value) {
  if (value) root.dataset[key] = value;
  else delete root.dataset[key];
}

panel.addEventListener("change", (event) => {
  choose(event.target.name, event.target.value);
  keep();
});
panel.querySelector("button").addEventListener("click", () => {
  KEYS.forEach((key) => choose(key, ""));
  show();
  keep();
});
show();
panel.hidden = false;
