/* Enhancement of the time finder only: the page works without this file. */
"use strict";

(() => {
  const table = document.querySelector("table[data-grid]");
  const use = document.getElementById("use-form");
  const said = document.getElementById("chosen");
  if (!table || !said) return;
  const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].slice(1));
  const heads = [...table.tHead.rows[0].cells].slice(1);
  const radios = heads.map((head) => head.querySelector("input"));
  const planned = document.getElementById("planned");
  const chosen = () => Math.max(0, radios.findIndex((radio) => radio && radio.checked));

  /* The whole column is marked, its verdict read out, and the button below means it. */
  function show(column) {
    for (const cells of [heads, ...rows]) {
      cells.forEach((cell, number) => cell.classList.toggle("sel", number === column));
    }
    const radio = radios[column];
    said.textContent = radio.dataset.words;
    if (planned) planned.hidden = radio !== first;
    if (!use) return;
    use.elements.starts_local.value = radio.dataset.local;
    use.elements.chosen_at.value = radio.value;
  }
  const first = radios[chosen()];
  table.addEventListener("change", () => show(chosen()));

  /* The cells are one stop of the tabulator; arrows walk, Enter chooses, Escape returns to the radios. */
  table.setAttribute("role", "grid");
  let at = [0, chosen()];
  for (const row of rows) for (const cell of row) { cell.tabIndex = -1; cell.setAttribute("role", "gridcell"); }
  if (rows.length) rows[0][at[1]].tabIndex = 0;
  function walk(row, column) {
    rows[at[0]][at[1]].tabIndex = -1;
    at = [Math.min(Math.max(row, 0), rows.length - 1), Math.min(Math.max(column, 0), heads.length - 1)];
    const cell = rows[at[0]][at[1]];
    cell.tabIndex = 0;
    cell.focus();
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
  const onward = document.dir === "rtl" ? -1 : 1;
  table.addEventListener("keydown", (event) => {
    const row = rows.findIndex((cells) => cells.includes(event.target));
    if (row < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const column = rows[row].indexOf(event.target);
    const steps = { ArrowLeft: -onward, ArrowRight: onward };
    if (event.shiftKey && event.key in steps) {
      const link = document.querySelector(steps[event.key] > 0 ? "a[rel=next]" : "a[rel=prev]");
      if (link) link.click();
    } else if (event.key in steps) walk(row, column + steps[event.key]);
    else if (event.key === "ArrowUp") walk(row - 1, column);
    else if (event.key === "ArrowDown") walk(row + 1, column);
    else if (event.key === "Home") walk(row, 0);
    else if (event.key === "End") walk(row, heads.length - 1);
    else if (event.key === "Enter" || event.key === " ") {
      if (radios[column]) { radios[column].checked = true; show(column); }
    } else if (event.key === "Escape") (radios[chosen()] || table).focus();
    else return;
    event.preventDefault();
  });

  /* The chosen column comes into view; the page itself stays where it is. */
  const box = table.closest(".scroll-x");
  const head = heads[chosen()];
  box.scrollLeft += head.getBoundingClientRect().left - box.getBoundingClientRect().left - box.clientWidth / 2;
})();
