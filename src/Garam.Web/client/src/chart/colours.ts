export interface Ink {
  muted: string;
  line: string;
  critical: string;
  lines: string[];
  severity(name: string): string;
}

/** The stylesheet's colours as they are now: a canvas knows no custom properties. */
export function colours(): Ink {
  const probe = document.body.appendChild(document.createElement("i"));
  const resolve = (name: string) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const lines = ["accent", "medium", "ok", "high", "critical", "offline"].map(resolve);
  const severities = new Map(["medium", "high", "critical"].map((name) => [name, resolve(name)]));
  const ink = { muted: resolve("muted"), line: resolve("line"), critical: resolve("critical"), lines };
  probe.remove();
  return { ...ink, severity: (name) => severities.get(name) ?? ink.muted };
}
