import type uPlot from "uplot";
import type { Ink } from "./colours";
import type { Request } from "./request";
import { scaleOf } from "./scale";

/** Draws limits as dashed lines with their forbidden side tinted, and alarms as marks on the time axis. */
export function marks(request: Request, ink: Ink, font: string): (chart: uPlot) => void {
  return (chart) => {
    const { ctx, bbox } = chart;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, 0, bbox.width, bbox.top + bbox.height);
    ctx.clip();
    ctx.font = font.replace("12px", `${Math.round(12 * devicePixelRatio)}px`);
    ctx.lineWidth = devicePixelRatio;
    for (const { unit, min, max } of request.metrics) {
      if (max !== null) limit(chart, unit, max, true, request.texts.limit, ink);
      if (min !== null) limit(chart, unit, min, false, request.texts.limit, ink);
    }
    // Oldest first; a name that would stand on the one before is left out, its shape and line stay.
    let free = Number.NEGATIVE_INFINITY;
    for (const alarm of [...request.alarms].sort((a, b) => a.atMs - b.atMs)) {
      const x = chart.valToPos(alarm.atMs / 1000, "x", true);
      if (x < bbox.left || x > bbox.left + bbox.width) continue;
      ctx.strokeStyle = ctx.fillStyle = ink.severity(alarm.severity);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      const named = `${alarm.shape} ${alarm.label}`;
      const left = Math.min(x, bbox.left + bbox.width - ctx.measureText(named).width);
      const text = left >= free ? named : alarm.shape;
      ctx.textAlign = "left";
      if (text !== named && x < free) continue;
      ctx.fillText(text, text === named ? left : x, bbox.top - 6 * devicePixelRatio);
      free = (text === named ? left : x) + ctx.measureText(`${text} `).width;
    }
    ctx.restore();
  };
}

function limit(chart: uPlot, unit: string, value: number, isUpper: boolean, word: string, ink: Ink): void {
  const { ctx, bbox } = chart;
  const bottom = bbox.top + bbox.height;
  const y = chart.valToPos(value, scaleOf(unit), true);
  if (y < bbox.top || y > bottom) return;
  ctx.globalAlpha = 0.06;
  ctx.fillStyle = ink.critical;
  if (isUpper) ctx.fillRect(bbox.left, bbox.top, bbox.width, y - bbox.top);
  else ctx.fillRect(bbox.left, y, bbox.width, bottom - y);
  ctx.globalAlpha = 1;
  ctx.strokeStyle = ink.critical;
  ctx.setLineDash([5 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.textAlign = "right";
  const text = `${word} ${value.toLocaleString(document.documentElement.lang)} ${unit}`;
  ctx.fillText(text, bbox.left + bbox.width - 4 * devicePixelRatio, y + (isUpper ? -6 : 15) * devicePixelRatio);
}
