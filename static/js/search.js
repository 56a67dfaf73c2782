// Offers titles while somebody types. The form works without it; to choose a title is to search for it.
"use strict";

for (const form of document.querySelectorAll("form[data-suggest]")) {
  const input = form.querySelector("input[type=search]");
  const list = form.querySelector("[role=listbox]");
  const status = form.querySelector("[role=status]");
  let active = -1, timer, asked = new AbortController();

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);

  const mark = (at) => {
    active = at;
    [...list.children].forEach((option, index) => option.setAttribute("aria-selected", index === at));
    if (at < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };

  const open = (on) => {
    list.hidden = !on;
    input.setAttribute("aria-expanded", on);
    mark(-1);
  };
  open(false);

  const close = () => {
    clearTimeout(timer);
    asked.abort();
    open(false);
    status.textContent = "";
  };

  const choose = (at) => {
    input.value = list.children[at].textContent;
    close();
    form.requestSubmit();
  };

  const ask = async () => {
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    try {
      const address = form.dataset.suggest + "?q=" + encodeURIComponent(input.value);
      const answer = await (await fetch(address, { signal, credentials: "omit" })).json();
      if (signal.aborted) return;
      list.replaceChildren(...answer.suggestions.map((title, at) => {
        const option = document.createElement("li");
        option.id = `offer-${at}`;
        option.setAttribute("role", "option");
        option.textContent = title;
        return option;
      }));
      open(answer.suggestions.length > 0);
      status.textContent = answer.status;
    } catch {
      if (!signal.aborted) close();
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (input.value.trim().length < 2) close();
    else timer = setTimeout(ask, 150);
  });

  input.addEventListener("keydown", (event) => {
    const count = list.children.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing) return;
    if (step && count) {
      event.preventDefault();
      if (list.hidden) open(true);
      mark(((active + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(active);
    } else if (/^(Home|End|Arrow)/.test(event.key)) mark(-1);
  });

  input.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const at = [...list.children].indexOf(event.target);
    if (at >= 0) choose(at);
  });
}
