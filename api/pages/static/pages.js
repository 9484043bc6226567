// Comfort only: every page works without this file.

// A chosen day or filter may lie beyond the edge of its row.
for (const row of document.querySelectorAll(".week ul, .chips")) {
  const here = row.querySelector("[aria-current]");
  if (here) row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
}

// The ages told in words grow old with the page: one left open is asked again when somebody returns to it.
const OPENED_AT = Date.now();
const GROWN_OLD_MS = 5 * 60 * 1000;
document.addEventListener("visibilitychange", () => {
  const hasAge = document.querySelector(".age");
  if (hasAge && document.visibilityState === "visible" && Date.now() - OPENED_AT > GROWN_OLD_MS) location.reload();
});
