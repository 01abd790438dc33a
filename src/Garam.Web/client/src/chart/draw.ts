import uPlot from "uplot";
import { colours } from "./colours";
import { fetchSeries, readMarks, type Request } from "./request";
import { HEIGHT, optionsOf } from "./options";

const FOLLOW_MIN_MS = 1000;
const FOLLOW_MAX_MS = 300_000;

/** Draws the chart into its element, and again when the theme, the width or the readings change. */
export async function drawChart(place: HTMLElement): Promise<void> {
  const request = JSON.parse(place.dataset.request ?? "null") as Request | null;
  if (!request || request.metrics.length === 0) return;
  request.alarms = readMarks();
  const wait = place.querySelector<HTMLElement>(".wait");
  let chart: uPlot | null = null;
  let asking: AbortController | null = null;

  const load = async () => {
    asking?.abort();
    asking = new AbortController();
    try {
      const data = await fetchSeries(request, asking.signal);
      if (data[0].length === 0) return say(request.texts.noData);
      const zoomed = chart !== null && isZoomed(chart, request);
      if (chart) chart.setData(data, false);
      else chart = new uPlot(optionsOf(place, request, colours()), data, place);
      if (!zoomed) chart.setScale("x", { min: request.fromMs / 1000, max: request.toMs / 1000 });
      place.dataset.holes = String(data.slice(1).reduce((sum, line) => sum + Array.from(line as ArrayLike<number | null>).filter((value) => value === null).length, 0));
      place.dataset.marked = String(request.alarms.length);
      place.dataset.drawn = String(Math.round(performance.now()));
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) say(request.texts.failed);
    }
  };
  const say = (text: string) => {
    if (wait) wait.textContent = text;
  };

  new ResizeObserver(() => chart?.setSize({ width: place.clientWidth, height: HEIGHT })).observe(place);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    chart?.destroy();
    chart = null;
    void load();
  });
  document.addEventListener("garam:marks", () => {
    request.alarms = readMarks();
    place.dataset.marked = String(request.alarms.length);
    chart?.redraw(false);
  });
  if (request.follows) follow(request, load);
  await load();
}

/** Moves the window with the clock when readings come, at most as often as a pixel's worth of time. */
function follow(request: Request, load: () => Promise<void>): void {
  const span = request.toMs - request.fromMs;
  const pause = Math.min(Math.max(span / 2000, FOLLOW_MIN_MS), FOLLOW_MAX_MS);
  let drawn = Date.now();
  document.addEventListener("garam:reading", () => {
    const now = Date.now();
    if (now - drawn < pause) return;
    drawn = now;
    request.toMs = now;
    request.fromMs = now - span;
    void load();
  });
}

function isZoomed(chart: uPlot, request: Request): boolean {
  const { min, max } = chart.scales.x ?? {};
  return min != null && max != null && max - min < ((request.toMs - request.fromMs) / 1000) * 0.98;
}
