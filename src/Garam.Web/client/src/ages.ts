// "3 seconds ago" goes on by itself: relative up to an hour, as the server wrote it from then on. The words are the server's.

export function keepAges(): void {
  setInterval(refresh, 1000);
}

function refresh(): void {
  const at = Date.now();
  for (const element of document.querySelectorAll<HTMLTimeElement>("time[data-age]")) {
    const text = age(Math.max(0, (at - Date.parse(element.dateTime)) / 1000));
    if (text !== null && element.textContent !== text) element.textContent = text;
  }
}

function age(seconds: number): string | null {
  const { now, seconds: inSeconds, minutes: inMinutes } = document.documentElement.dataset;
  if (seconds < 2) return now ?? null;
  if (seconds < 60) return inSeconds?.replace("{0}", String(Math.floor(seconds))) ?? null;
  return seconds < 3600 ? (inMinutes?.replace("{0}", String(Math.floor(seconds / 60))) ?? null) : null;
}
