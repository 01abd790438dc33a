import uPlot from "uplot";

/** What the page asks to be drawn; the server writes it into the chart's element. */
export interface Request {
  device: string;
  fromMs: number;
  toMs: number;
  /** Whether the right end is now and the chart goes on by itself. */
  follows: boolean;
  metrics: Metric[];
  alarms: Mark[];
  texts: { limit: string; noData: string; failed: string };
}

export interface Metric {
  name: string;
  label: string;
  unit: string;
  min: number | null;
  max: number | null;
}

export interface Mark {
  atMs: number;
  shape: string;
  severity: string;
  label: string;
}

interface Answer {
  series: { metric: string; points: Point[] }[];
}

type Point = [ms: number, value: number | null];

/** The alarms on the time axis, as the server wrote them last. */
export function readMarks(): Mark[] {
  return JSON.parse(document.getElementById("chart-marks")?.dataset.marks ?? "[]") as Mark[];
}

const POINTS_MAX = 3000;
/** A hole is where this many usual distances bring no point. */
const GAP_STEPS = 3;

export async function fetchSeries(request: Request, signal: AbortSignal): Promise<uPlot.AlignedData> {
  const address = new URL(`/api/v1/devices/${encodeURIComponent(request.device)}/telemetry`, location.href);
  address.searchParams.set("metrics", request.metrics.map((m) => m.name).join(","));
  address.searchParams.set("from", String(Math.round(request.fromMs)));
  address.searchParams.set("to", String(Math.round(request.toMs)));
  address.searchParams.set("step", "auto");
  address.searchParams.set("maxPoints", String(POINTS_MAX));
  const answer = await fetch(address, { signal, headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const { series } = (await answer.json()) as Answer;
  const tables = request.metrics.map((metric) => table(series.find((s) => s.metric === metric.name)?.points ?? []));
  return tables.length === 1 ? tables[0]! : uPlot.join(tables, tables.map(() => [1, 1]));
}

/** One series as uPlot wants it, with a null in every hole so that no line bridges it. */
function table(points: Point[]): uPlot.AlignedData {
  const usual = usualDistance(points);
  const times: number[] = [];
  const values: (number | null)[] = [];
  let before = Number.NaN;
  for (const [ms, value] of points) {
    if (ms - before > usual * GAP_STEPS) {
      times.push((before + usual) / 1000);
      values.push(null);
    }
    times.push(ms / 1000);
    values.push(value);
    before = ms;
  }
  return [times, values];
}

function usualDistance(points: Point[]): number {
  const distances = points.slice(1).map((p, i) => p[0] - points[i]![0]);
  distances.sort((a, b) => a - b);
  return distances.length === 0 ? Number.POSITIVE_INFINITY : Math.max(1000, distances[Math.floor(distances.length * 0.9)]!);
}
