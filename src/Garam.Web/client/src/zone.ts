// The server writes times in the reader's zone; the first visit cannot know it, and its times are put right here.

export function keepZone(): void {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone || document.documentElement.dataset.zone === zone) return;
  document.cookie = `garam-zone=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=lax`;
  localise(document);
}

/** Rewrites the absolute times below a node in the browser's zone. */
function localise(root: ParentNode): void {
  const language = document.documentElement.lang;
  for (const element of root.querySelectorAll<HTMLTimeElement>("time[data-style]")) {
    const at = new Date(element.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    const form: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" };
    if (element.dataset.style !== "time") Object.assign(form, { year: "numeric", month: "2-digit", day: "2-digit" });
    element.textContent = new Intl.DateTimeFormat(language, form).format(at);
  }
}
