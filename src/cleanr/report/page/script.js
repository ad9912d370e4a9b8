"use strict";
(() => {
  const panel = document.getElementById("kept");
  const lines = document.getElementById("kept-lines");
  const said = document.getElementById("kept-said");
  const boxes = [...document.querySelectorAll("input[data-rule]")];
  const ignored = JSON.parse(panel.dataset.ignored);

  const show = () => {
    const kept = boxes.filter((box) => box.checked).map((box) => box.dataset.rule);
    const rules = [...new Set([...ignored, ...kept])];
    lines.value = "ignore = [" + rules.map((rule) => JSON.stringify(rule)).join(", ") + "]\n";
    panel.hidden = kept.length === 0;
    said.textContent = "";
  };

  for (const box of boxes) box.addEventListener("change", show);

  document.getElementById("kept-clear").addEventListener("click", () => {
    for (const box of boxes) box.checked = false;
    show();
  });

  document.getElementById("kept-copy").addEventListener("click", async () => {
    lines.select();
    try {
      await navigator.clipboard.writeText(lines.value);
      said.textContent = "Copied.";
    } catch {
      // A page from a file may not write to the clipboard: the lines are selected.
      said.textContent = "Selected: copy them with the keyboard.";
    }
  });

  // A link to a document that is folded opens it.
  const open = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const folded = target && target.closest("details");
    if (folded) folded.open = true;
  };
  addEventListener("hashchange", open);
  show();
})();
