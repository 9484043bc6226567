// Comfort only: buying works without this file.

// Buttons beside the number of tickets, and their price as it grows.
for (const form of document.querySelectorAll("[data-choose]")) {
  const { sample, precision, groupPrice } = form.dataset;
  const money = moneyLike(sample, Number(precision));
  const kinds = [...form.querySelectorAll("[data-kind]")].map((kind) => ({
    price: Number(kind.dataset.price ?? 0),
    input: kind.querySelector("input"),
    steps: [...kind.querySelectorAll(".step")],
  }));
  const quantity = ({ input }) => Math.max(0, Number.parseInt(input.value, 10) || 0);

  const show = () => {
    const count = kinds.reduce((sum, kind) => sum + quantity(kind), 0);
    const parts = kinds.reduce((sum, kind) => sum + quantity(kind) * kind.price, 0);
    const minor = groupPrice === undefined ? parts : Number(groupPrice);
    form.querySelector("[data-sum-count]").textContent = `${count} ticket${count === 1 ? "" : "s"}`;
    const total = minor === 0 ? "Free" : money(minor);
    form.querySelector("[data-sum-total]").textContent = count === 0 ? "–" : total;
    for (const kind of kinds) {
      for (const step of kind.steps) {
        const next = quantity(kind) + Number(step.dataset.step);
        step.disabled = next < 0 || next > Number(kind.input.max);
      }
    }
  };

  form.addEventListener("click", (event) => {
    const step = event.target.closest(".step");
    const kind = step && kinds.find(({ steps }) => steps.includes(step));
    if (!kind) return;
    kind.input.value = quantity(kind) + Number(step.dataset.step);
    show();
  });
  form.addEventListener("input", show);
  form.classList.add("is-live");
  show();
}

// Writes amounts as the server wrote `sample`: browsers do not know every locale, and two ways side by side look wrong.
function moneyLike(sample, precision) {
  const [, before, number, after] = sample.match(/^(\D*)(\d.*\d)(\D*)$/);
  const separators = number.replace(/\d/g, "");
  const decimal = precision > 0 ? separators.at(-1) : "";
  const group = precision > 0 ? separators.slice(0, -1).slice(0, 1) : separators.slice(0, 1);
  return (minor) => {
    const digits = String(minor).padStart(precision + 1, "0");
    const whole = digits.slice(0, digits.length - precision).replace(/\B(?=(\d{3})+$)/g, group);
    return before + whole + decimal + digits.slice(digits.length - precision) + after;
  };
}

// The hold, second by second. The server's clock counts: this one may be wrong.
for (const span of document.querySelectorAll("[data-held-until]")) {
  const opened = performance.now();
  const lasts = Date.parse(span.dataset.heldUntil) - Date.parse(span.dataset.now);
  const tick = () => {
    const seconds = Math.ceil((lasts - (performance.now() - opened)) / 1000);
    if (seconds <= 0) {
      clearInterval(ticking);
      // A second later nobody can disagree that it has ended.
      setTimeout(() => location.reload(), 1000);
    }
    const left = Math.max(0, seconds);
    span.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  };
  const ticking = setInterval(tick, 1000);
}

// What went wrong is read first, by eyes and by screen readers.
document.querySelector("#problem")?.focus();

// One click is enough; the page is usable again for who comes back to it.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    form.querySelector(".button")?.setAttribute("aria-disabled", "true");
  });
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-sent]")) {
    delete form.dataset.sent;
    form.querySelector(".button")?.removeAttribute("aria-disabled");
  }
});
