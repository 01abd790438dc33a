// "/" goes to the search field, as on most sites; Escape leaves it.

export function keepShortcuts(): void {
  document.addEventListener("keydown", (event) => {
    const search = document.getElementById("q") as HTMLInputElement | null;
    if (!search || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/" && !isField(event.composedPath()[0] ?? event.target)) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === "Escape" && event.target === search) {
      search.blur();
    }
  });
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
