// How is a figure drawn over weeks? From the table below it and from nothing else: whoever does not see the
// picture reads the same values. A click on a week leads where the table's link leads.
const { Chart } = window;
const places = [...document.querySelectorAll("[data-chart]")];

function colour(name) {
  // The variable holds a colour for light and one for dark: only an element knows which of them counts.
  const probe = document.createElement("span");
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

// As the pages write it, without a digit that says nothing: the scale counts in whole minutes.
function duration(seconds) {
  const [unit, count] = seconds < 60 ? ["s", seconds] : seconds < 7200 ? ["min", seconds / 60] : ["h", seconds / 3600];
  const digits = unit === "h" || count < 9.95 ? 1 : 0;
  return `${count.toFixed(digits).replace(/\.0$/, "")} ${unit}`;
}

const written = {
  span: duration,
  share: (value) => `${Math.round(value * 100)}%`,
  part: (value) => `${Math.round(value * 100)}%`,
  count: (value) => String(value),
};

// A scale of time is read in whole minutes or hours, not in thousands of seconds.
const STEPS_S = [1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 86400, 172800];

function scale(form, rows) {
  const highest = Math.max(...rows.flatMap((row) => [row.dataset.value, row.dataset.p90]).map((each) => Number(each ?? 0)));
  if (form === "share" || form === "part") return { min: 0, max: 1, ticks: { stepSize: 0.25 } };
  if (form !== "span") return { min: 0, suggestedMax: 1, ticks: { precision: 0 } };
  return { min: 0, ticks: { stepSize: STEPS_S.find((step) => highest / step <= 5) ?? highest / 4 } };
}

function line(rows, name, label, look) {
  const data = rows.map((row) => (name in row.dataset ? Number(row.dataset[name]) : null));
  return { label, data, spanGaps: true, borderWidth: 2, pointHitRadius: 14, ...look };
}

function marks(place) {
  const at = new Map();
  [...place.querySelectorAll(".marks [data-place]")].forEach((item, index) => {
    const where = Number(item.dataset.place);
    at.set(where, [...(at.get(where) ?? []), index + 1]);
  });
  return Object.fromEntries([...at].map(([where, numbers]) => [`at ${where}`, {
    type: "line", xMin: where, xMax: where, borderColor: colour("guess-edge"), borderWidth: 1.5, borderDash: [3, 3],
    label: {
      display: true, content: numbers.join(" "), position: "end", padding: 3,
      backgroundColor: colour("guess-wash"), color: colour("guess"), font: { weight: 700 },
    },
  }]));
}

function draw(place) {
  const form = place.dataset.chart;
  const canvas = place.querySelector("canvas");
  const rows = [...place.querySelectorAll("[data-week]")];
  const links = rows.map((row) => row.querySelector("a"));
  const brand = colour("brand");
  const datasets = [line(rows, "value", "Median", { borderColor: brand, backgroundColor: colour("sheet"), pointRadius: 4, pointBorderWidth: 2 })];
  if (form === "span") {
    datasets.push(line(rows, "p90", "9 of 10 below", { borderColor: colour("edge"), borderDash: [5, 4], borderWidth: 1.5, pointRadius: 0 }));
  }
  const limits = scale(form, rows);
  const soft = colour("soft");
  Chart.getChart(canvas)?.destroy();
  new Chart(canvas, {
    type: "line",
    data: { labels: rows.map((row) => row.dataset.week), datasets },
    options: {
      animation: false,
      maintainAspectRatio: false,
      interaction: { mode: "index", intersect: false },
      onClick: (_event, [first]) => { links[first?.index]?.click(); },
      onHover: (event, [first]) => { event.native.target.style.cursor = links[first?.index] ? "pointer" : ""; },
      scales: {
        x: { grid: { display: false }, ticks: { color: soft, maxRotation: 0 } },
        y: { ...limits, grid: { color: colour("rule") }, ticks: { ...limits.ticks, color: soft, callback: written[form] } },
      },
      plugins: {
        annotation: { annotations: marks(place) },
        legend: { display: form === "span", position: "bottom", labels: { color: soft, boxHeight: 0, boxWidth: 24 } },
        tooltip: { callbacks: {
          title: ([item]) => `Week from ${item.label}`,
          label: (item) => `${form === "span" ? `${item.dataset.label}: ` : ""}${written[form](item.raw)}`,
          footer: ([item]) => `${rows[item.dataIndex].lastElementChild.textContent} handoffs`,
        } },
      },
    },
  });
}

Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
places.forEach(draw);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => places.forEach(draw));
