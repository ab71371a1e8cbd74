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
    const kept = now.querySelector("form.filters"), other = next.querySelector("form.filters");
    if (kept && other) other.replaceWith(kept);
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
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const typed = document.activeElement, from = typed?.selectionStart, to = typed?.selectionEnd;
      replace(page, form.dataset.instant);
      if (typed && document.activeElement !== typed) {
        typed.focus();
        if (from !== undefined && from !== null) typed.setSelectionRange?.(from, to);
      }
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
  const panels = () => document.querySelector(".panels");
  const read = async () => new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html").querySelector(".panels");
  const bring = async () => {
    const next = await read();
    if (!next || busy()) return;
    panels().replaceWith(next);
    soon();
  };
  const news = () => {
    if (document.querySelector(".news")) return;
    const note = document.createElement("p"), link = document.createElement("a");
    note.className = "flash news";
    note.setAttribute("role", "status");
    link.href = location.href;
    link.textContent = "Show it";
    note.append("There is news. ", link);
    panels().before(note);
  };
  const look = async (after) => {
    if (document.hidden || !fresh) return;
    try {
      const answer = await fetch("/live" + (after ? "?after=" + after : ""), { headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) return;
      const now = await answer.json();
      fresh.textContent = now.text;
      fresh.className = "fresh " + now.tone;
      if (String(now.position) === fresh.dataset.position) return;
      if (panels()?.dataset.live !== undefined) {
        if (busy()) return void setTimeout(look, 5000, after);
        await bring();
      } else if (after) news();
      fresh.dataset.position = now.position;
    } catch { away(); }
  };
  const away = () => { if (fresh) { fresh.textContent = "server away"; fresh.className = "fresh bad"; } };
  let log, last, poll;
  const asking = () => { poll ??= setInterval(look, 5000); };
  const listen = () => {
    const from = panels()?.dataset.follow;
    if (!from || !fresh) return asking();
    if (document.hidden || log) return;
    log = new EventSource(from + (from.endsWith("?") ? "" : "&") + "position=" + (last || fresh.dataset.position));
    log.addEventListener("message", (e) => { last = e.data; look(e.data); });
    log.addEventListener("error", () => {
      if (log?.readyState === EventSource.CLOSED) asking();
      else away();
    });
  };
  // A page that nobody looks at holds no connection.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { log?.close(); log = undefined; } else listen();
  });
  listen();

  // What changes by the second, such as a rebuild.
  let soonest;
  const soon = () => {
    clearTimeout(soonest);
    if (panels()?.dataset.again === undefined) return;
    soonest = setTimeout(async () => {
      try {
        const next = await read();
        if (next) panels().replaceWith(next);
      } catch { away(); }
      soon();
    }, 1000);
  };
  soon();

  // Rules are completed by the names of facts.
  const facts = [...document.querySelectorAll("#facts option")].map((o) => ({ name: o.value, doc: o.textContent }));
  document.querySelectorAll("textarea[data-facts]").forEach((area, n) => {
    const list = document.createElement("ul");
    let at = -1, begin = 0;
    list.id = "completions-" + n;
    list.className = "completions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Facts");
    list.hidden = true;
    area.after(list);
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-controls", list.id);
    const close = () => { list.hidden = true; at = -1; area.removeAttribute("aria-activedescendant"); };
    const choose = (to) => {
      at = (to + list.children.length) % list.children.length;
      [...list.children].forEach((o, i) => o.setAttribute("aria-selected", String(i === at)));
      area.setAttribute("aria-activedescendant", list.children[at].id);
    };
    const take = (name) => {
      area.setRangeText(name, begin, area.selectionEnd, "end");
      const open = begin + name.indexOf("(");
      if (name.includes("(")) area.setSelectionRange(open + 1, begin + name.indexOf(")"));
      close();
      area.dispatchEvent(new Event("input", { bubbles: true }));
      close();
    };
    const offer = (all) => {
      const before = area.value.slice(0, area.selectionStart);
      const word = /[A-Za-z_][A-Za-z0-9_]*$/.exec(before)?.[0] ?? "";
      if ((before.split('"').length - 1) % 2 || (!word && !all)) return close();
      begin = before.length - word.length;
      const found = [...facts.filter((f) => f.name.startsWith(word)), ...facts.filter((f) => !f.name.startsWith(word) && f.name.includes(word))].slice(0, 8);
      if (!found.length || found.some((f) => f.name === word)) return close();
      list.replaceChildren(...found.map((f, i) => {
        const line = document.createElement("li"), code = document.createElement("code");
        line.id = list.id + "-" + i;
        line.setAttribute("role", "option");
        code.textContent = f.name;
        line.append(code, " ", f.doc);
        line.addEventListener("mousedown", (e) => { e.preventDefault(); take(f.name); });
        return line;
      }));
      list.hidden = false;
      choose(0);
    };
    area.addEventListener("input", () => offer(false));
    area.addEventListener("blur", close);
    area.addEventListener("keydown", (e) => {
      if (e.key === " " && e.ctrlKey) { e.preventDefault(); return offer(true); }
      if (list.hidden) return;
      if (e.key === "ArrowDown" || e.key === "ArrowUp") choose(at + (e.key === "ArrowDown" ? 1 : -1));
      else if (e.key === "Enter" || e.key === "Tab") take(list.children[at].querySelector("code").textContent);
      else if (e.key === "Escape") close();
      else return;
      e.preventDefault();
    });
  });

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
