// What pages do better with a script. All of them work without it.
"use strict";
(() => {
  const narrow = matchMedia("(max-width: 800px)");
  const menu = document.querySelector(".pages");
  if (menu && narrow.matches) menu.removeAttribute("open");

  // Exact values of charts where the pointer or the focus is.
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  document.body.append(tip);
  const mark = (target) => target instanceof Element && target.closest(".chart *") && [...target.children].find((c) => c.tagName === "title");
  document.addEventListener("pointermove", (e) => {
    const title = mark(e.target);
    tip.hidden = !title || e.target.tagName === "svg";
    if (tip.hidden) return;
    tip.textContent = title.textContent;
    tip.style.left = Math.min(e.clientX + 12, innerWidth - tip.offsetWidth - 8) + "px";
    tip.style.top = Math.max(e.clientY - 34, 4) + "px";
  });

  // Lists that follow what is typed.
  const replace = (page, id) => {
    const now = document.getElementById(id), next = page.getElementById(id);
    if (!now || !next) return;
    const kept = now.querySelector("form.filters"), fresh = next.querySelector("form.filters");
    if (kept && fresh) fresh.replaceWith(kept);
    now.replaceWith(next);
    const lead = document.querySelector(".lead"), said = page.querySelector(".lead");
    if (lead && said) lead.textContent = said.textContent;
  };
  let asked;
  const instant = async (form) => {
    asked?.abort();
    asked = new AbortController();
    const url = form.action + "?" + new URLSearchParams([...new FormData(form)].filter(([, v]) => v !== ""));
    try {
      const answer = await fetch(url, { signal: asked.signal });
      if (!answer.ok || answer.redirected) return;
      const typed = document.activeElement, at = typed?.selectionStart;
      replace(new DOMParser().parseFromString(await answer.text(), "text/html"), form.dataset.instant);
      typed?.focus();
      if (at !== undefined && at !== null) typed.setSelectionRange?.(at, at);
      history.replaceState(null, "", url);
    } catch { /* the next key asks again */ }
  };
  let wait;
  for (const event of ["input", "change"]) {
    document.addEventListener(event, (e) => {
      const form = e.target.closest?.("form[data-instant]");
      if (!form) return;
      clearTimeout(wait);
      wait = setTimeout(() => instant(form), event === "input" ? 250 : 0);
    });
  }

  // Pages without a person on them bring themselves up to date; others say that there is news.
  const fresh = document.querySelector(".fresh");
  const busy = () => document.querySelector("main details[open], main :focus-within, dialog[open]");
  const follow = async () => {
    if (document.hidden || !fresh) return;
    try {
      const answer = await fetch("/live", { headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) return;
      const now = await answer.json();
      fresh.textContent = now.text;
      fresh.className = "fresh " + now.tone;
      if (String(now.position) === fresh.dataset.position) return;
      const live = document.querySelector("[data-live]");
      if (!live || busy()) return;
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
      const next = page.querySelector("[data-live]");
      if (next) live.replaceWith(next);
      fresh.dataset.position = now.position;
    } catch { fresh.textContent = "server away"; fresh.className = "fresh bad"; }
  };
  setInterval(follow, 5000);

  // Keys: / finds, g and a letter goes somewhere, ? tells which.
  let going = false;
  const help = () => {
    const box = document.createElement("dialog");
    box.setAttribute("aria-label", "Keys");
    const list = [["/", "Find a customer"], ["?", "These keys"]];
    for (const a of document.querySelectorAll(".side a[data-key]")) list.push(["g " + a.dataset.key, a.firstChild.textContent]);
    for (const [key, what] of list) {
      const line = document.createElement("p"), k = document.createElement("kbd");
      k.textContent = key;
      line.append(k, " " + what);
      box.append(line);
    }
    document.body.append(box);
    box.addEventListener("close", () => box.remove());
    box.addEventListener("click", () => box.close());
    box.showModal();
  };
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest?.("input, textarea, select, [contenteditable]")) return;
    if (going) {
      going = false;
      document.body.classList.remove("keys");
      const to = [...document.querySelectorAll(".side a[data-key]")].find((a) => a.dataset.key === e.key);
      if (to) to.click();
      return;
    }
    if (e.key === "g") {
      going = true;
      document.body.classList.add("keys");
      setTimeout(() => { going = false; document.body.classList.remove("keys"); }, 2000);
    } else if (e.key === "/") {
      e.preventDefault();
      document.getElementById("find")?.select();
    } else if (e.key === "?") help();
  });
})();
