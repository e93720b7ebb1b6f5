"use strict";
const told = document.getElementById("cel");
const letters = (table, column) => table.tHead.rows[0].cells[column].textContent;

function focusOn(cell) {
  const table = cell.closest("table");
  for (const other of table.querySelectorAll("td[tabindex='0']")) other.tabIndex = -1;
  cell.tabIndex = 0;
  cell.focus();
}

function tell(cell) {
  const row = cell.parentElement, place = letters(cell.closest("table"), cell.cellIndex) + row.cells[0].textContent;
  told.textContent = cell.title ? `${place}: ${cell.title}` : `${place}: leeg`;
}

// One stop of the Tab key for each sheet; arrows go from cell to cell.
const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
for (const table of document.querySelectorAll("table")) {
  const first = table.querySelector("td.asked") || table.querySelector("td.c") || table.querySelector("td");
  if (first) first.tabIndex = 0;
  table.closest(".wide").removeAttribute("tabindex");
  table.addEventListener("focusin", ({ target }) => { if (target.tagName === "TD") tell(target); });
  table.addEventListener("click", ({ target }) => { const cell = target.closest("td"); if (cell) focusOn(cell); });
  table.addEventListener("keydown", (pressed) => {
    const cell = pressed.target.closest("td"), row = cell && cell.parentElement;
    if (!cell) return;
    let next = null;
    if (pressed.key in STEPS) {
      const [down, right] = STEPS[pressed.key];
      const other = table.tBodies[0].rows[row.sectionRowIndex + down];
      next = other && other.cells[Math.min(cell.cellIndex + right, other.cells.length - (down ? 1 : 0))];
    } else if (pressed.key === "Home") {
      next = row.cells[1];
    } else if (pressed.key === "End") {
      next = row.cells[row.cells.length - 1];
    } else if (pressed.key === "Escape") {
      told.textContent = "";
      return;
    } else {
      return;
    }
    pressed.preventDefault();
    if (next && next.tagName === "TD") focusOn(next);
  });
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    told.textContent = "Gekopieerd.";
  });
}

// Rows that are folded away are drawn when somebody asks for them, at their place.
async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  return JSON.parse(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text());
}

function drawn(number, cells, width) {
  const row = document.createElement("tr"), head = document.createElement("th");
  head.scope = "row";
  head.textContent = number;
  row.append(head);
  for (let column = 0; column < width; column += 1) row.append(document.createElement("td"));
  for (const [column, text, letter, title] of cells) {
    const cell = row.cells[column];
    cell.textContent = text;
    cell.className = letter;
    cell.title = title;
  }
  return row;
}

const known = {};
const FOLD = 500;
for (const button of document.querySelectorAll("[data-start]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const { sheet, start } = button.dataset;
    known[sheet] ??= unpacked(document.getElementById(`${sheet}-rijen`).textContent);
    const rows = (await known[sheet]).slice(Number(start), Number(start) + FOLD);
    const table = document.getElementById(sheet).closest("section").querySelector("table"), body = table.tBodies[0];
    for (const [number, cells] of rows) {
      const after = [...body.rows].find((row) => Number(row.cells[0].textContent) > number) ?? null;
      body.insertBefore(drawn(number, cells, Number(table.dataset.width)), after);
    }
    const first = [...body.rows].find((row) => Number(row.cells[0].textContent) === rows[0][0]);
    button.closest(".fold").remove();
    focusOn(first.cells[1]);
  });
}
