/** The name of a unit's scale: uPlot wants one that is not empty. */
export function scaleOf(unit: string): string {
  return unit === "" ? "plain" : unit;
}
