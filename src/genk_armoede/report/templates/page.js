// Without this script everything can be read and every note reached; it adds search, notes beside the figure,
// values on the marks of a chart, another city beside Genk, and the pictures as files.
"use strict";
(() => {
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const one = (id) => document.getElementById(id);
  const make = (tag, text, attributes = {}) => {
    const element = Object.assign(document.createElement(tag), attributes);
    element.textContent = text;
    return element;
  };
  const draw = (tag, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const remember = (key, value) => { try { localStorage.setItem(key, value); } catch { /* a page from disk may not */ } };
  const remembered = (key) => { try { return localStorage.getItem(key) ?? ""; } catch { return ""; } };
  const whole = document.body.className === "whole";

  // Search: every word must occur in a section, in any form: words that begin alike are the same word.
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  let index;
  const unpack = async () => {
    const packed = Uint8Array.from(atob(one("zoekindex").textContent), (letter) => letter.charCodeAt(0));
    const data = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
    data.words = data.words.split("\n").filter(Boolean).flatMap((line) => {
      const [steps, words] = line.split("|").map((part) => part.split(" "));
      let place = 0;
      const places = steps.map((step) => (place += Number(step)));
      return words.map((word) => [word, places]);
    });
    data.texts = data.sections.map((section) => plain(section.slice(1).join(" ")));
    return data;
  };
  const alike = (asked, word) => {
    if (/^\d/.test(asked)) return word === asked || (asked.length > 3 && word.startsWith(asked));
    if (word.startsWith(asked) || (asked.length > 3 && word.includes(asked))) return true;
    let same = 0;
    while (same < asked.length && asked[same] === word[same]) same++;
    return same >= 5 && same >= .7 * Math.max(asked.length, word.length) || (word.length > 4 && same === word.length && asked.length - same < 5);
  };
  const forms = (word) => [word, ...Object.entries(index.synonyms).filter(([from]) => word.startsWith(plain(from))).flatMap(([, to]) => to.map(plain))];
  const placesOf = (word) => {
    const found = new Set();
    for (const form of forms(word)) {
      for (const [known, places] of index.words) if (alike(form, known)) for (const place of places) found.add(place);
      index.texts.forEach((text, place) => { if (text.includes(form)) found.add(place); });
    }
    return found;
  };
  const search = async () => {
    index ??= await unpack();
    const joined = plain(one("zoek").value).replace(/(?<=\d)[. ](?=\d{3}(?!\d))/g, "").replace(/(?<=\d)\.(?=\d)/g, ",");
    const raw = plain(one("zoek").value).trim();
    const words = (joined.match(/\d+(?:,\d+)?|[^\W\d_]+|[^\s\w]+/gu) ?? []).filter((word) => word.length > 1 || /\d/.test(word));
    const letters = words.filter((word) => /[\p{L}\d]/u.test(word) && !index.common.includes(word));
    let found = index.sections.map((section, place) => place).filter((place) => raw.length > 1 && index.texts[place].includes(raw));
    if (letters.length) {
      const sets = letters.map(placesOf);
      found = [...new Set([...found, ...[...sets[0]].filter((place) => sets.every((set) => set.has(place)))])];
    }
    const heading = (place) => letters.filter((word) => forms(word).some((form) => plain(index.sections[place][1] + " " + index.sections[place][2]).includes(form))).length;
    found.sort((a, b) => heading(b) - heading(a) || a - b);
    one("gevonden").textContent = raw.length > 1 ? `${found.length} ${found.length === 1 ? "plaats" : "plaatsen"} gevonden` : "";
    one("treffers").replaceChildren(...(raw.length > 1 ? found : []).slice(0, 20).map((place) => {
      const [address, title, section, text] = index.sections[place];
      const href = whole ? "#" + address.replace(".html#", "-") : address;
      const item = document.createElement("li");
      item.append(make("a", title === section ? title : `${title}: ${section}`, { href }), make("p", text.length > 98 ? text.replace(/\s\S*$/, " …") : text));
      return item;
    }));
  };
  document.querySelector("search").hidden = !("DecompressionStream" in window);
  one("zoek").addEventListener("input", search);

  // On a wide screen the contents stand open beside the text.
  for (const list of all(".contents details")) list.open = matchMedia("(min-width: 64rem)").matches;

  // The list of notes is folded, and opens for who is led there.
  for (const list of all("details.sources")) list.open = false;
  const unfold = () => {
    const target = location.hash && one(decodeURIComponent(location.hash.slice(1)));
    for (let box = target && target.parentElement; box; box = box.parentElement) if (box.tagName === "DETAILS") box.open = true;
    if (target) target.scrollIntoView({ behavior: "instant" });
  };
  addEventListener("hashchange", unfold);
  if (location.hash) unfold();

  // A figure's note opens beside it.
  const note = one("noot");
  let opener = null, timer = 0;
  const noteOf = (link) => one(link.getAttribute("href").slice(1));
  const show = (link, focus) => {
    const item = noteOf(link);
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
  if (note.showPopover) {
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

  // The figures of a table, list or paragraph are one stop for the keyboard, the contents too; arrows lead from one to the next.
  for (const table of all("main :is(table, ul, p:not(ul p)), .contents ul")) {
    const links = all("a.figure, .contents a", table);
    links.forEach((link, place) => { if (place) link.tabIndex = -1; });
    table.addEventListener("keydown", (event) => {
      const place = links.indexOf(document.activeElement);
      const next = links[place + ({ ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 })[event.key]];
      if (place < 0 || !next) return;
      event.preventDefault();
      links[place].tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    });
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

  // A chart answers: the mark that is touched, pointed at or reached by arrows says its value and its cell.
  const charts = all(".picture").map((picture) => {
    const figure = picture.closest("figure"), svg = picture.querySelector("svg"), table = figure.querySelector("table");
    const heads = all("thead th", table).map((head) => head.textContent);
    const marks = JSON.parse(picture.dataset.marks).map(([left, top, right, bottom, row, column, line]) => {
      const cells = [...table.tBodies[0].rows[row].cells], cell = cells[column];
      const names = [...cells.filter((other) => other !== cell && !other.classList.contains("number")).map((other) => other.textContent), heads[column]];
      return { left, top, right, bottom, line, link: cell.querySelector("a.figure"), value: cell.textContent, names: names.filter((name) => name && name !== "Waarde") };
    });
    marks.sort((a, b) => a.line - b.line || (a.line < 0 && a.top - b.top) || a.left - b.left);
    return { picture, figure, svg, marks };
  });
  for (const { picture, figure, svg, marks } of charts) {
    if (!marks.length) continue;
    const title = figure.querySelector(".chart-title").firstChild.textContent.trim();
    const tip = Object.assign(document.createElement("div"), { className: "tip", hidden: true });
    tip.setAttribute("role", "status");
    const ring = draw("rect", { class: "mark", rx: 3, visibility: "hidden" });
    svg.append(ring);
    picture.append(tip);
    picture.tabIndex = 0;
    picture.setAttribute("role", "application");
    picture.setAttribute("aria-label", `Grafiek ${title}: de pijltjes tonen elk cijfer`);
    let current = -1;
    const say = (place) => {
      if (place === current && !tip.hidden) return;
      current = place;
      const mark = marks[place], wide = Math.max(0, mark.right - mark.left), high = Math.max(0, mark.bottom - mark.top);
      for (const [name, value] of Object.entries({ x: mark.left - 4, y: mark.top - 4, width: wide + 8, height: high + 8, visibility: "visible" })) ring.setAttribute(name, value);
      // areas with the same figure may stand at the same place: it says them all
      const same = mark.line < 0 ? marks.filter((other) => other !== mark && other.top === mark.top && other.left === mark.left && other.right === mark.right) : [];
      tip.replaceChildren(...[mark, ...same].flatMap(({ link, names, value }) => {
        const item = link && noteOf(link), from = item ? all(":scope > p", item.closest(".from")) : [];
        const file = from.length === 1 ? ` Bestand ${from[0].textContent.split(" Bestand ").pop()}` : "";
        return [make("b", `${names.join(", ")}: ${value}`), item ? item.textContent + file : ""];
      }));
      tip.hidden = false;
      const box = picture.getBoundingClientRect(), scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
      const x = (mark.left + mark.right) / 2 * scale, top = (mark.top - svg.viewBox.baseVal.y) * scale, bottom = (mark.bottom - svg.viewBox.baseVal.y) * scale;
      tip.style.left = Math.max(0, Math.min(x - tip.offsetWidth / 2, box.width - tip.offsetWidth)) + "px";
      tip.style.top = (top - tip.offsetHeight - 10 > -box.top ? top - tip.offsetHeight - 10 : bottom + 10) + "px";
    };
    const hide = () => { tip.hidden = true; ring.setAttribute("visibility", "hidden"); };
    const nearest = (event) => {
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      let best = -1, least = 40;
      marks.forEach((mark, place) => {
        const far = Math.hypot(Math.max(mark.left - at.x, 0, at.x - mark.right), Math.max(mark.top - at.y, 0, at.y - mark.bottom));
        if (far < least) [best, least] = [place, far];
      });
      return best;
    };
    const point = (event) => { const place = nearest(event); if (place < 0) hide(); else say(place); };
    svg.addEventListener("pointermove", (event) => { if (event.pointerType === "mouse") point(event); });
    svg.addEventListener("click", point);
    picture.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse" && document.activeElement !== picture) hide(); });
    picture.addEventListener("blur", hide);
    picture.addEventListener("focus", () => { if (picture.matches(":focus-visible")) say(Math.max(0, current < 0 ? marks.findLastIndex((mark) => mark.names.includes("Genk")) : current)); });
    picture.addEventListener("keydown", (event) => {
      const mark = marks[current];
      const level = (side) => marks.map((other, place) => [Math.sign(side) * (other.top - mark.top), place]).filter(([far, place]) => far > 0 && Math.abs(marks[place].left - mark.left) < 3).sort((a, b) => a[0] - b[0])[0]?.[1];
      const steps = { ArrowRight: () => current + 1, ArrowLeft: () => current - 1, ArrowDown: () => level(1) ?? current + 1, ArrowUp: () => level(-1) ?? current - 1, Home: () => 0, End: () => marks.length - 1 };
      if (event.key === "Escape") return hide();
      if (!steps[event.key]) return;
      event.preventDefault();
      say(Math.min(marks.length - 1, Math.max(0, current < 0 ? 0 : steps[event.key]())));
    });
  }

  // Another city stands out beside Genk, in every chart of cities and on every page.
  const stand = (city) => {
    for (const { svg, marks } of charts) {
      for (const old of all(".picked, .ring, .bar, .name", svg)) old.remove();
      const own = city ? marks.filter((mark) => mark.names.includes(city)) : [];
      const middle = (mark) => [(mark.left + mark.right) / 2, (mark.top + mark.bottom) / 2];
      for (const line of new Set(own.map((mark) => mark.line))) {
        const points = own.filter((mark) => mark.line === line).map(middle);
        if (line >= 0 && points.length > 1) svg.append(draw("polyline", { class: "picked", points: points.join(" ") }));
      }
      own.forEach((mark, place) => {
        if (mark.line < 0 && mark.right - mark.left > 12) {  // its row already says name and figure
          svg.append(draw("rect", { class: "bar", x: mark.left, y: mark.top, width: mark.right - mark.left, height: mark.bottom - mark.top }));
          return;
        }
        const [cx, cy] = middle(mark), last = mark.line < 0 || own[place + 1]?.line !== mark.line;
        svg.append(draw("circle", { class: "ring", cx, cy, r: mark.line < 0 ? 4.5 : 2.8 }));
        if (!last) return;
        // a dot in a row: left of the figure of Genk, which stands at the right edge above the row
        const wide = svg.viewBox.baseVal.width, row = mark.line < 0, right = row || cx > wide * .6;
        const name = draw("text", { class: "name", x: row ? wide - 74 : right ? cx + 5 : cx - 5, y: row ? cy - 8 : cy - 7, "text-anchor": right ? "end" : "start" });
        name.textContent = `${city} ${mark.value}`;
        svg.append(name);
      });
    }
    for (const choice of all(".other-city select")) choice.value = all("option", choice).some((option) => option.value === city) ? city : "";
  };
  for (const { picture, figure } of charts) {
    if (!picture.dataset.cities || figure.closest(".card")) continue;
    const choice = document.createElement("select"), label = make("label", "Vergelijk met ", { className: "other-city" });
    choice.append(make("option", "een andere stad", { value: "" }), ...picture.dataset.cities.split("|").map((city) => make("option", city, { value: city })));
    choice.addEventListener("change", () => { remember("stad", choice.value); stand(choice.value); });
    label.append(choice);
    figure.querySelector(".key, figcaption").before(label);
  }
  stand(remembered("stad"));

  // Pictures as files, with the title and source that the page itself shows as text, in their own colours.
  const file = ({ picture, svg }) => {
    const copy = svg.cloneNode(true), [left, top, width, height] = picture.dataset.whole.split(" ");
    for (const added of all(".mark, .picked, .ring, .bar, .name", copy)) added.remove();
    for (const [name, value] of Object.entries({ viewBox: picture.dataset.whole, width: width + "pt", height: height + "pt", "font-family": "DejaVu Sans, Verdana, sans-serif", "stroke-linejoin": "round" })) copy.setAttribute(name, value);
    copy.prepend(draw("rect", { x: left, y: top, width, height, fill: "#ffffff" }));
    return "data:image/svg+xml," + encodeURIComponent(new XMLSerializer().serializeToString(copy));
  };
  const save = (name, address) => make("a", "", { download: name, href: address }).click();
  for (const chart of charts) {
    const line = chart.figure.querySelector(".downloads"), name = chart.picture.dataset.name;
    const about = { type: "button", ariaDescription: chart.figure.querySelector(".chart-title").textContent };
    const svg = make("button", "SVG", about), png = make("button", "PNG", about);
    svg.addEventListener("click", () => save(name + ".svg", file(chart)));
    png.addEventListener("click", async () => {
      const image = new Image();
      image.src = file(chart);
      await image.decode();
      const canvas = Object.assign(document.createElement("canvas"), { width: image.width * 2, height: image.height * 2 });
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      save(name + ".png", canvas.toDataURL("image/png"));
    });
    line.append(" ", svg, " ", png);
  }
})();
