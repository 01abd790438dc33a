// Only cards in and near the window are worth updating: the stream is told which those are, a moment after scrolling has come to rest.

const SETTLE_MS = 200;
const CARDS_MAX = 80;

const visible = new Set<string>();

export function visibleCards(): string[] {
  return [...visible].slice(0, CARDS_MAX);
}

/** Calls back when other cards have come near the window. */
export function keepVisibleCards(changed: () => void): void {
  let settling = 0;
  const near = new IntersectionObserver(
    (entries) => {
      const before = visible.size;
      let isNew = false;
      for (const { target, isIntersecting } of entries) {
        const id = (target as HTMLElement).dataset.device ?? "";
        if (isIntersecting && !visible.has(id)) isNew = true;
        if (isIntersecting) visible.add(id);
        else visible.delete(id);
      }
      if (!isNew && visible.size === before) return;
      clearTimeout(settling);
      settling = window.setTimeout(changed, SETTLE_MS);
    },
    { rootMargin: "50% 0px" },
  );
  const observeAll = () => {
    near.disconnect();
    visible.clear();
    for (const card of document.querySelectorAll("[data-device]")) near.observe(card);
  };
  observeAll();
  document.addEventListener("htmx:after:swap", observeAll);
}
