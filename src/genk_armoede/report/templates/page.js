// Without this script everything can be read and every note reached; it adds search, notes beside the figure,
// one control for all code, and the pictures as files.
"use strict";
(() => {
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const one = (id) => document.getElementById(id);
  const make = (tag, text, attributes = {}) => {
    const element = Object.assign(document.createElement(tag), attributes);
    element.textContent = text;
    return element;
  };

  // Search: every word must occur, in the title, heading or words of a section.
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  let sections;
  const unpack = async () => {
    const packed = Uint8Array.from(atob(one("zoekindex").textContent), (letter) => letter.charCodeAt(0));
    const entries = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
    return entries.map((entry) => ({ entry, text: plain(entry.slice(1).join(" ")) }));
  };
  const search = async () => {
    sections ??= await unpack();
    const words = plain(one("zoek").value).split(/\s+/).filter((word) => word.length > 1);
    const heading = ({ entry }) => words.filter((word) => plain(entry[1] + " " + entry[2]).includes(word)).length;
    const found = words.length ? sections.filter(({ text }) => words.every((word) => text.includes(word))) : [];
    found.sort((a, b) => heading(b) - heading(a));
    one("gevonden").textContent = words.length ? `${found.length} ${found.length === 1 ? "plaats" : "plaatsen"} gevonden` : "";
    one("treffers").replaceChildren(...found.slice(0, 20).map(({ entry: [href, title, section, text] }) => {
      const item = document.createElement("li");
      const at = Math.max(0, plain(text).indexOf(words[0]) - 40);
      const start = at ? "… " + text.slice(at).replace(/^\S*\s/, "") : text;
      item.append(make("a", title === section ? title : `${title}: ${section}`, { href }), make("p", start.length > 160 ? start.slice(0, 160).replace(/\s\S*$/, " …") : start));
      return item;
    }));
  };
  document.querySelector("search").hidden = !("DecompressionStream" in window);
  one("zoek").addEventListener("input", search);

  // A figure's note opens beside it.
  const note = one("noot");
  let opener = null, timer = 0;
  const show = (link, focus) => {
    const item = document.querySelector(link.getAttribute("href"));
    const parts = [...all(":scope > p", item.closest(".from")), item].map((part) => {
      const copy = document.createElement("p");
      copy.append(...part.cloneNode(true).childNodes);
      return copy;
    });
    const there = make("a", "Naar de noot", { href: link.getAttribute("href") });
    there.addEventListener("click", () => note.hidePopover());
    note.replaceChildren(parts.pop(), ...parts, there);
    opener = link;
    note.showPopover();
    if (innerWidth > 700) {
      const box = link.getClientRects()[0];
      const below = box.bottom + 6 + note.offsetHeight < innerHeight;
      note.style.left = Math.max(8, Math.min(box.left, innerWidth - note.offsetWidth - 8)) + "px";
      note.style.top = (below ? box.bottom + 6 : Math.max(8, box.top - note.offsetHeight - 6)) + "px";
    } else {
      note.style.left = note.style.top = "";
    }
    if (focus) note.focus();
  };
  if (note && note.showPopover) {
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a.figure");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      clearTimeout(timer);
      show(link, true);
    });
    note.addEventListener("toggle", (event) => {
      if (event.newState === "closed" && opener && (note.contains(document.activeElement) || document.activeElement === document.body)) opener.focus();
    });
    document.addEventListener("pointerover", (event) => {
      if (event.pointerType !== "mouse") return;
      const link = event.target.closest("a.figure");
      clearTimeout(timer);
      if (link) timer = setTimeout(() => show(link, false), 250);
      else if (!note.contains(event.target)) timer = setTimeout(() => { if (!note.contains(document.activeElement)) note.hidePopover(); }, 250);
    });
  }

  // Code of all cells at once; the choice is remembered where the browser allows it.
  const code = all("details.source");
  const remember = (open) => { try { localStorage.setItem("code", open); } catch { /* a page from disk may not */ } };
  const remembered = () => { try { return localStorage.getItem("code") === "true"; } catch { return false; } };
  if (code.length) {
    const button = make("button", "", { type: "button", className: "all-code" });
    const set = (open) => {
      for (const block of code) block.open = open;
      button.textContent = open ? "Verberg alle code" : "Toon alle code";
      button.setAttribute("aria-pressed", open);
    };
    button.addEventListener("click", () => {
      const open = button.getAttribute("aria-pressed") !== "true";
      set(open);
      remember(open);
    });
    set(remembered());
    code[0].before(button);
  }

  // A table that is wider than the screen is moved sideways by keyboard too.
  const sideways = new ResizeObserver((boxes) => {
    for (const { target } of boxes) {
      const wide = target.scrollWidth > target.clientWidth + 1;
      for (const [key, value] of Object.entries({ tabindex: "0", role: "group", "aria-label": "Tabel, schuift opzij" })) {
        if (wide) target.setAttribute(key, value); else target.removeAttribute(key);
      }
    }
  });
  for (const box of all(".wide")) sideways.observe(box);

  // Pictures as files, with the title and source that the page itself shows as text.
  const whole = (picture) => {
    const svg = decodeURIComponent(picture.src.slice(picture.src.indexOf(",") + 1));
    const [, , width, height] = picture.dataset.whole.split(" ");
    return svg.replace(/width='[^']*' height='[^']*' viewBox='[^']*'/, `width='${width}pt' height='${height}pt' viewBox='${picture.dataset.whole}'`);
  };
  const save = (name, address) => make("a", "", { download: name, href: address }).click();
  for (const picture of all(".picture img")) {
    const line = picture.closest("figure").querySelector(".downloads");
    const address = () => "data:image/svg+xml," + encodeURIComponent(whole(picture));
    const about = { type: "button", ariaDescription: picture.closest("figure").querySelector(".chart-title").textContent };
    const svg = make("button", "SVG", about);
    svg.addEventListener("click", () => save(picture.dataset.name + ".svg", address()));
    const png = make("button", "PNG", about);
    png.addEventListener("click", async () => {
      const image = new Image();
      image.src = address();
      await image.decode();
      const canvas = Object.assign(document.createElement("canvas"), { width: image.width * 2, height: image.height * 2 });
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      save(picture.dataset.name + ".png", canvas.toDataURL("image/png"));
    });
    line.append(" ", svg, " ", png);
  }
})();
