// Whose the open page is, and whether they are still signed in: a page left open says so when they are not, and leads back to itself.

const LIMIT_MS = 3000;

/** Asks the server; a dead line is no answer. */
export async function isSessionOver(): Promise<boolean> {
  try {
    const answer = await fetch("/api/v1/auth/me", { cache: "no-store", signal: AbortSignal.timeout(LIMIT_MS) });
    return answer.status === 401;
  } catch {
    return false;
  }
}

export function showSessionOver(): void {
  const link = document.getElementById("sign-in-again") as HTMLAnchorElement | null;
  if (link) link.href = `/sign-in?returnUrl=${encodeURIComponent(location.pathname + location.search)}`;
  document.documentElement.dataset.line = "over";
}

/** Calls when another page of this browser was opened as somebody else, and tells those whose this one is. */
export function whenWhoChanges(changed: () => void): void {
  const who = document.body.dataset.who ?? "";
  whoIsHere().onmessage = (event: MessageEvent<string>) => {
    if (event.data !== who && !document.hidden) changed();
  };
}

export function tellWhoIsHere(): void {
  whoIsHere().postMessage(document.body.dataset.who ?? "");
}

let channel: BroadcastChannel | null = null;

function whoIsHere(): BroadcastChannel {
  channel ??= new BroadcastChannel("garam-who");
  return channel;
}
