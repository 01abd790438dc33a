import type uPlot from "uplot";
import type { Ink } from "./colours";
import { marks } from "./marks";
import type { Request } from "./request";
import { scaleOf } from "./scale";

export const HEIGHT = 340;

const DAY_S = 86_400;
const MINUTE_S = 60;

/** The chart's axes, lines and marks. One scale a unit; the first two have an axis, left and right. */
export function optionsOf(place: HTMLElement, request: Request, ink: Ink): uPlot.Options {
  const units = [...new Set(request.metrics.map((m) => m.unit))];
  const font = `12px ${getComputedStyle(document.body).fontFamily}`;
  const language = document.documentElement.lang;
  const axis: uPlot.Axis = { stroke: ink.muted, font, grid: { stroke: ink.line, width: 1 }, ticks: { show: false } };
  const scales: uPlot.Scales = { x: { time: true } };
  for (const unit of units) scales[scaleOf(unit)] = { range: rangeOf(request, unit) };
  return {
    width: place.clientWidth,
    height: HEIGHT,
    padding: [24, 12, 0, 0],
    cursor: { drag: { x: true, y: false }, focus: { prox: 24 } },
    legend: { show: false },
    scales,
    axes: [
      { ...axis, values: (_, ticks) => timeLabels(ticks, language) },
      ...units.slice(0, 2).map((unit, i): uPlot.Axis => ({
        ...axis,
        scale: scaleOf(unit),
        side: i === 0 ? 3 : 1,
        size: 56,
        grid: i === 0 ? axis.grid! : { show: false },
        values: (_, ticks) => ticks.map((tick) => tick.toLocaleString(language)),
      })),
    ],
    series: [
      {},
      ...request.metrics.map((metric, i): uPlot.Series => ({
        label: metric.label,
        scale: scaleOf(metric.unit),
        stroke: ink.lines[i % ink.lines.length]!,
        width: 1.8,
        points: { show: false },
      })),
    ],
    hooks: { draw: [marks(request, ink, font)], setCursor: [(chart) => readOut(chart, request)] },
  };
}

/** The scale shows the data, and a limit when the data come near it: half the data's own span. */
function rangeOf(request: Request, unit: string): uPlot.Range.Function {
  const limits = request.metrics.filter((m) => m.unit === unit).flatMap((m) => [m.min, m.max]).filter((limit) => limit !== null);
  return (_, dataMin, dataMax) => {
    if (dataMin == null || dataMax == null) return [0, 1];
    let [low, high] = [dataMin, dataMax];
    const near = Math.max(high - low, Math.abs(high) * 0.1, 1e-9) / 2;
    for (const limit of limits) {
      if (limit >= dataMin - near && limit <= dataMax + near) [low, high] = [Math.min(low, limit), Math.max(high, limit)];
    }
    const room = Math.max((high - low) * 0.08, Math.abs(high) * 0.005, 1e-6);
    return [low - room, high + room];
  };
}

function timeLabels(ticks: number[], language: string): string[] {
  const distance = ticks.length > 1 ? ticks[1]! - ticks[0]! : DAY_S;
  const day = new Intl.DateTimeFormat(language, { month: "numeric", day: "numeric" });
  const seconds: Intl.DateTimeFormatOptions = distance < MINUTE_S ? { second: "2-digit" } : {};
  const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...seconds });
  return ticks.map((tick) => {
    const at = new Date(tick * 1000);
    const isMidnight = at.getHours() + at.getMinutes() + at.getSeconds() === 0;
    return (distance >= DAY_S || isMidnight ? day : clock).format(at);
  });
}

/** Writes the values under the cursor beside their names in the legend, and the time at its end. */
function readOut(chart: uPlot, request: Request): void {
  const index = chart.cursor.idx;
  const language = document.documentElement.lang;
  request.metrics.forEach((metric, i) => {
    const output = document.getElementById(`read-out-${i}`);
    const value = index == null ? null : chart.data[i + 1]?.[index];
    if (output) output.textContent = value == null ? "" : `${value.toLocaleString(language, { maximumFractionDigits: 3 })} ${metric.unit}`;
  });
  const time = document.getElementById("read-out-time");
  const at = index == null ? null : chart.data[0][index];
  if (time) time.textContent = at == null ? "" : new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "medium" }).format(at * 1000);
}
