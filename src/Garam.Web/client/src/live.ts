// One event stream a page. Whatever element the server sends takes the place of the one with the same id, morphed into it so that focus,
// selection and scroll survive. The server sends something at least every two seconds: silence means that the line is dead, and is shown.
import { Idiomorph } from "idiomorph";
import { keepVisibleCards, visibleCards } from "./cards";
import { isSessionOver, showSessionOver, whenWhoChanges } from "./session";

const SILENCE_MS = 4000;
const RETRY_MIN_MS = 500;
const RETRY_MAX_MS = 4000;

let source: EventSource | null = null;
let retryMs = RETRY_MIN_MS;
let watchdog = 0;
let retrying = 0;

export function keepLive(): void {
  if (!document.body.dataset.live) return;
  keepVisibleCards(open);
  // A page in the background needs no stream, and browsers allow six connections to a host.
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  document.addEventListener("htmx:after:swap", open);
  addEventListener("pagehide", close);
  // Another page of this browser was opened by somebody else, or by nobody any more.
  whenWhoChanges(open);
  if (!document.hidden) open();
}

function open(): void {
  close();
  const address = new URL(document.body.dataset.live ?? "/live", location.href);
  for (const id of visibleCards()) address.searchParams.append("card", id);
  for (const [name, value] of parametersOfPage()) address.searchParams.append(name, value);
  const stream = new EventSource(address);
  source = stream;
  stream.addEventListener("pulse", alive);
  stream.addEventListener("parts", (event) => {
    alive();
    replace((event as MessageEvent<string>).data);
  });
  stream.addEventListener("error", () => {
    // The browser's own retry keeps the old address and waits as long as it likes.
    if (source !== stream) return;
    void broken(stream);
  });
  watch();
}

/** A stream that was refused because the session is over is not tried again; one that broke is. */
async function broken(stream: EventSource): Promise<void> {
  stream.close();
  const isOver = await isSessionOver();
  if (source !== stream) return;
  if (isOver) {
    close();
    showSessionOver();
  } else {
    lost();
    retry();
  }
}

function close(): void {
  clearTimeout(watchdog);
  clearTimeout(retrying);
  source?.close();
  source = null;
}

function alive(): void {
  retryMs = RETRY_MIN_MS;
  document.documentElement.dataset.line = "live";
  watch();
}

function watch(): void {
  clearTimeout(watchdog);
  watchdog = window.setTimeout(() => {
    lost();
    retry();
  }, SILENCE_MS);
}

function lost(): void {
  document.documentElement.dataset.line = "lost";
}

function retry(): void {
  close();
  retrying = window.setTimeout(open, retryMs);
  retryMs = Math.min(retryMs * 2, RETRY_MAX_MS);
}

/** What the present content asks of the stream: a swap may have changed it. */
function parametersOfPage(): URLSearchParams {
  return new URLSearchParams(document.querySelector<HTMLElement>("[data-watch]")?.dataset.watch);
}

function replace(html: string): void {
  const template = document.createElement("template");
  template.innerHTML = html;
  for (const next of [...template.content.children]) {
    const present = document.getElementById(next.id);
    if (!present) continue;
    Idiomorph.morph(present, next, { morphStyle: "outerHTML", ignoreActiveValue: true });
    if (present.dataset.readings !== undefined) document.dispatchEvent(new CustomEvent("garam:reading"));
    if (present.dataset.marks !== undefined) document.dispatchEvent(new CustomEvent("garam:marks"));
  }
}
