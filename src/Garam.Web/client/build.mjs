// Bundles script and styles into the folder given, each file named by its content, beside its compressed forms, with assets.json that
// leads from a plain name to the file: {"site.js":"site-3F2K….js"}. The icons that icons.json names become one small file.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import esbuild from "esbuild";

const output = path.resolve(process.argv[2] ?? "dist");
mkdirSync(output, { recursive: true });

const manifest = {};

function keep(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const { name: stem, ext } = path.parse(name);
  const file = `${stem}-${hash}${ext}`;
  manifest[name] = file;
  writeFileSync(path.join(output, file), content);
  if (ext === ".png") return;
  writeFileSync(path.join(output, `${file}.br`), brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  writeFileSync(path.join(output, `${file}.gz`), gzipSync(content, { level: 9 }));
}

const built = await esbuild.build({
  entryPoints: { site: "src/site.ts", chart: "src/chart.ts", editor: "src/editor.ts", styles: "styles/site.css" },
  bundle: true,
  minify: true,
  write: false,
  outdir: output,
  format: "iife",
  target: "es2022",
  legalComments: "none",
  logLevel: "warning",
});
for (const file of built.outputFiles) keep(path.basename(file.path).replace("styles.css", "site.css"), file.contents);

for (const file of readdirSync("icons")) keep(file, readFileSync(path.join("icons", file)));

// An outline icon as lucide draws it, without its svg element: Icon.razor puts its own around it.
const icons = {};
for (const name of JSON.parse(readFileSync("icons.json", "utf8"))) {
  const svg = readFileSync(`node_modules/lucide-static/icons/${name}.svg`, "utf8");
  icons[name] = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/\s+/g, " ").trim();
}
writeFileSync(path.join(output, "icons.json"), JSON.stringify(icons));
// Last: its presence tells the build that everything is there.
writeFileSync(path.join(output, "assets.json"), JSON.stringify(manifest));
