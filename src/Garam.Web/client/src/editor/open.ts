import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { lintGutter, lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { keepChecked } from "./check";
import { look } from "./look";

/** Puts an editor in the place of the textarea inside. The textarea stays, unseen, and is what its form sends. */
export function openEditor(place: HTMLElement): void {
  const area = place.querySelector("textarea");
  if (!area?.form) return;
  // The page's policy forbids style elements; in a shadow tree CodeMirror adopts its sheets instead.
  const host = document.createElement("div");
  host.className = "editor-host";
  const root = host.attachShadow({ mode: "open" });
  area.before(host);
  area.hidden = true;

  const started = area.value;
  const view: EditorView = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: area.value,
      extensions: [
        lineNumbers(),
        lintGutter(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        highlightSpecialChars(),
        history(),
        drawSelection(),
        EditorState.phrases.of(JSON.parse(place.dataset.phrases ?? "{}") as Record<string, string>),
        indentUnit.of("  "),
        indentOnInput(),
        bracketMatching(),
        search({ top: true }),
        highlightSelectionMatches(),
        yaml(),
        look,
        // Tab leaves the editor, as it leaves any field: who has no mouse must get out again.
        keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, ...lintKeymap]),
        EditorView.contentAttributes.of({ "aria-label": place.dataset.label ?? "", "aria-describedby": "problems", tabindex: "0", spellcheck: "false", autocorrect: "off", autocapitalize: "off" }),
        EditorView.domEventHandlers({ beforeinput: typeOver }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) area.value = update.state.doc.toString();
        }),
        keepChecked(area.form, place.dataset.editor ?? ""),
      ],
    }),
  });
  place.dataset.open = "true";
  goToProblems(view);
  warnBeforeLoss(area.form, () => area.value !== started || place.dataset.unsaved !== undefined);
}

/** Browsers rebuild what is typed over with inline styles, which the page's policy forbids: it is replaced before they do. */
function typeOver(event: InputEvent, view: EditorView): boolean {
  if (event.inputType !== "insertText" || !event.data || event.isComposing || view.state.selection.main.empty) return false;
  view.dispatch(view.state.replaceSelection(event.data), { scrollIntoView: true, userEvent: "input.type" });
  return true;
}

/** A problem's place leads into the text. */
function goToProblems(view: EditorView): void {
  document.addEventListener("click", (event) => {
    const link = (event.target as HTMLElement).closest?.<HTMLElement>("#problems [data-line]");
    if (!link) return;
    event.preventDefault();
    const line = view.state.doc.line(Math.min(Math.max(Number(link.dataset.line), 1), view.state.doc.lines));
    const at = Math.min(line.from + Math.max(Number(link.dataset.column) - 1, 0), line.to);
    view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
    view.focus();
  });
}

function warnBeforeLoss(form: HTMLFormElement, isChanged: () => boolean): void {
  let isSending = false;
  form.addEventListener("submit", () => (isSending = true));
  addEventListener("pageshow", () => (isSending = false));
  addEventListener("beforeunload", (event) => {
    if (!isSending && isChanged()) event.preventDefault();
  });
}
