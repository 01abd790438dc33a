// The text editor of specs and rulesets: CodeMirror over a textarea that works without it. Its own file, loaded by pages that have one.
import { openEditor } from "./editor/open";

for (const place of document.querySelectorAll<HTMLElement>("[data-editor]")) openEditor(place);
