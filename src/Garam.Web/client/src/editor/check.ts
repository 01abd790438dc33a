import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import type { Extension, Text } from "@codemirror/state";
import { type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";

const SETTLE_MS = 350;

/**
 * Sends the form to be checked whenever the text has come to rest. The answer is the page's own fragments: each takes the place of the element
 * with its id, and the problems among them are marked in the text.
 */
export function keepChecked(form: HTMLFormElement, address: string): Extension {
  return ViewPlugin.fromClass(
    class {
      private settling = 0;
      private asking: AbortController | null = null;

      constructor(view: EditorView) {
        // The server may have judged the text already: a page that comes back with its problems.
        queueMicrotask(() => mark(view));
      }

      update(update: ViewUpdate): void {
        if (!update.docChanged) return;
        clearTimeout(this.settling);
        this.settling = window.setTimeout(() => void this.check(update.view), SETTLE_MS);
      }

      destroy(): void {
        clearTimeout(this.settling);
        this.asking?.abort();
      }

      private async check(view: EditorView): Promise<void> {
        this.asking?.abort();
        this.asking = new AbortController();
        const text = view.state.doc;
        try {
          const answer = await fetch(address, { method: "POST", body: new FormData(form), headers: { "X-Fragment": "1" }, signal: this.asking.signal });
          if (!answer.ok || answer.redirected) return;
          const template = document.createElement("template");
          template.innerHTML = await answer.text();
          for (const next of [...template.content.children]) document.getElementById(next.id)?.replaceWith(next);
          if (view.state.doc === text) mark(view);
        } catch (error) {
          // No line just now: what was said of the text before stays, and the header tells that the line is lost.
          if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
        }
      }
    },
  );
}

/** Marks in the text what the list of problems says. */
function mark(view: EditorView): void {
  const found: Diagnostic[] = [];
  for (const item of document.querySelectorAll<HTMLElement>("#problems [data-line]")) {
    const { line, column, severity, message } = item.dataset;
    const [from, to] = place(view.state.doc, Number(line), Number(column));
    found.push({ from, to, severity: severity === "info" ? "info" : "error", message: message ?? "" });
  }
  view.dispatch(setDiagnostics(view.state, found));
}

/** From the place named to the end of its word, at least a character where the line has one. */
function place(doc: Text, lineNumber: number, column: number): [number, number] {
  const line = doc.line(Math.min(Math.max(lineNumber, 1), doc.lines));
  const from = Math.min(line.from + Math.max(column - 1, 0), line.to);
  const word = /^[\p{L}\p{N}_.-]+|^./u.exec(doc.sliceString(from, line.to));
  return [from, from + (word?.[0].length ?? 0)];
}
