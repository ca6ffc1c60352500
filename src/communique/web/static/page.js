// The page works without this file: it adds keys, the slider of days, and the way between text and notes.
"use strict";
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const told = $("#told");
  const tell = (text) => { if (told) told.textContent = text; };

  // -- offsets: the server counts code points, and so does everything here

  const codePoints = (text) => Array.from(text).length;

  // -- steps from fact to fact

  const steps = () => all("a[data-step]").filter((link) => link.getClientRects().length > 0);
  const goTo = (link) => {
    link.focus({ preventScroll: true });
    link.scrollIntoView({ block: "center" });
  };
  const step = (by) => {
    const links = steps();
    if (!links.length) return;
    const at = links.indexOf(document.activeElement);
    if (at >= 0) { goTo(links[Math.min(links.length - 1, Math.max(0, at + by))]); return; }
    const below = links.find((link) => link.getBoundingClientRect().top >= 0);
    goTo(below || links[links.length - 1]);
  };

  // -- moving about

  const open = (link) => { if (link) link.click(); };
  const back = () => { if (history.length > 1) history.back(); else open($('a[rel~="up"]')); };
  const day = new URLSearchParams(location.search).get("as_of");
  const visit = (path) => { location.assign(path + (day ? "?as_of=" + encodeURIComponent(day) : "")); };
  const rooms = {
    s: "/stories", e: "/events", q: "/statements", c: "/commitments", i: "/series", d: "/disagreements",
    t: "/timeline", a: "/actors", r: "/reports", v: "/review", h: "/",
  };
  const sheet = $("#keys");
  const showKeys = () => { if (sheet && !sheet.open) sheet.showModal(); };
  all("a[data-keys]").forEach((link) => link.addEventListener("click", (event) => { event.preventDefault(); showKeys(); }));

  const showDays = () => {
    const panel = $(".asof");
    if (!panel) return;
    panel.open = true;
    const slide = $("#slide");
    (slide && !slide.closest("[hidden]") ? slide : $("#day")).focus();
  };
  const keys = {
    j: () => step(1), k: () => step(-1), b: back, u: () => open($('a[rel~="up"]')),
    n: () => open($('a[rel~="next"]')), p: () => open($('a[rel~="prev"]')),
    "/": () => { const box = $("#q"); if (box) { box.focus(); box.select(); } },
    d: showDays, "?": showKeys,
  };
  const choices = new Map(all("button[data-choice]").map((button) => [button.dataset.choice, button]));
  const typing = (element) => element instanceof HTMLElement
    && (element.isContentEditable || /^(TEXTAREA|SELECT)$/.test(element.tagName)
      || (element.tagName === "INPUT" && !/^(range|radio|checkbox|submit)$/.test(element.type)));
  let going = 0;
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; }
    if (typing(event.target) || (sheet && sheet.open)) return;
    if (going && Date.now() - going < 1500) {
      going = 0;
      if (Object.hasOwn(rooms, event.key)) { event.preventDefault(); visit(rooms[event.key]); }
      return;
    }
    if (choices.has(event.key)) { event.preventDefault(); choose(choices.get(event.key)); return; }
    if (event.key === "g") { going = Date.now(); return; }
    if (Object.hasOwn(keys, event.key)) { event.preventDefault(); keys[event.key](); }
  });
  const choose = (button) => {
    const box = button.form && $('input[name="value"]', button.form);
    if (box && !box.value) { box.focus(); return; }
    button.form.requestSubmit(button);
  };

  // -- the slider of days

  const slide = $("#slide");
  const panel = $(".asof");
  let days = null;
  const fill = async () => {
    if (days || !slide) return;
    const answer = await fetch("/days.json");
    if (!answer.ok) return;
    days = await answer.json();
    if (days.length < 2) return;
    const box = $("#day");
    slide.max = String(days.length - 1);
    const at = days.findIndex((known) => known >= box.value);
    slide.value = String(at < 0 ? days.length - 1 : at);
    slide.setAttribute("aria-valuetext", days[Number(slide.value)]);
    slide.closest(".slider").hidden = false;
    slide.addEventListener("input", () => {
      box.value = days[Number(slide.value)];
      slide.setAttribute("aria-valuetext", box.value);
    });
    slide.addEventListener("keydown", (event) => {
      if (event.key === "Enter") { event.preventDefault(); slide.form.requestSubmit(); }
    });
    slide.addEventListener("pointerup", () => slide.form.requestSubmit());
  };
  if (panel) { panel.addEventListener("toggle", () => { if (panel.open) fill(); }); if (panel.open) fill(); }

  // -- text and notes

  const text = $("#text");
  if (text) {
    const pieces = all("[data-s]", text);
    const light = (fact, on) => pieces.forEach((piece) => {
      if (piece.dataset.f && piece.dataset.f.split(" ").includes(fact)) piece.classList.toggle("on", on);
    });
    all("a[data-fact]").forEach((note) => {
      for (const [name, on] of [["mouseenter", true], ["focus", true], ["mouseleave", false], ["blur", false]]) {
        note.addEventListener(name, () => light(note.dataset.fact, on));
      }
    });
    const show = () => {
      const found = /^#(\d{1,7})-(\d{1,7})$/.exec(location.hash);
      if (!found) return;
      const [start, end] = [Number(found[1]), Number(found[2])];
      const inside = pieces.filter((piece) => Number(piece.dataset.s) < end && Number(piece.dataset.e) > start);
      if (!inside.length) {
        const asked = new URLSearchParams(location.search);
        if (asked.get("at") !== `${start}-${end}` && Number(text.dataset.parts) > 1) {
          asked.set("at", `${start}-${end}`);
          asked.delete("part");
          location.replace(`?${asked}${location.hash}`);
        }
        return;
      }
      pieces.forEach((piece) => piece.classList.toggle("at", inside.includes(piece)));
      inside[0].scrollIntoView({ block: "center" });
    };
    addEventListener("hashchange", show);
    show();

    // The address of chosen words: from UTF-16 units, as the browser counts, to code points, here and nowhere else.
    const offset = (node, unit) => {
      const piece = (node instanceof Element ? node : node.parentElement).closest("[data-s]");
      if (!piece || !text.contains(piece)) return null;
      let count = Number(piece.dataset.s);
      const walk = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT);
      for (let part = walk.nextNode(); part; part = walk.nextNode()) {
        const mark = part.parentElement.classList.contains("glyph");
        if (part === node) return count + (mark ? 0 : codePoints(part.data.slice(0, unit)));
        count += mark ? 1 : codePoints(part.data);
      }
      return node === piece && unit === 0 ? Number(piece.dataset.s) : count;
    };
    document.addEventListener("selectionchange", () => {
      const chosen = document.getSelection();
      if (!chosen || chosen.isCollapsed || !text.contains(chosen.anchorNode) || !text.contains(chosen.focusNode)) return;
      const range = chosen.getRangeAt(0);
      const start = offset(range.startContainer, range.startOffset);
      const end = offset(range.endContainer, range.endOffset);
      if (start !== null && end !== null && end > start) tell(`These words: /reports/${text.dataset.report}#${start}-${end}`);
    });
  }
})();
