// Secrets that are shown once: a click into the field marks all of it, the button copies it and says so.

export function keepCopying(): void {
  document.addEventListener("click", (event) => {
    const pressed = event.target instanceof Element ? event.target : null;
    if (pressed instanceof HTMLInputElement && pressed.id === "new-secret") pressed.select();
    const button = pressed?.closest<HTMLElement>("[data-copy]");
    const field = document.getElementById(button?.dataset.copy ?? "") as HTMLInputElement | null;
    if (button && field) void copy(button, field);
  });
}

async function copy(button: HTMLElement, field: HTMLInputElement): Promise<void> {
  if (!(await toClipboard(field))) return;
  const label = button.querySelector("span");
  if (label && button.dataset.copied) label.textContent = button.dataset.copied;
}

async function toClipboard(field: HTMLInputElement): Promise<boolean> {
  field.select();
  try {
    // Browsers have a clipboard for scripts on secure addresses only; elsewhere the older command still copies what is marked.
    if (!navigator.clipboard) return document.execCommand("copy");
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return false;
  }
}
