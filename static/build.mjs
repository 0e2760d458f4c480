// Builds static/dist from static/src. Run by `npm run build`; see static/README.md.
import { createHash } from "node:crypto";
import { copyFileSync, readdirSync, readFileSync, rmSync, mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const root = fileURLToPath(new URL("..", import.meta.url));
const source = join(root, "static/src");
const dist = join(root, "static/dist");

/** Every file below a folder, in a fixed order. */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** One hash over names and contents of all sources: tests recompute it, so a stale build cannot be committed. */
function stamp() {
  const paths = [...filesBelow(source), ...["static/build.mjs", "package.json", "package-lock.json"].map((p) => join(root, p))];
  const lines = paths
    .map((path) => `${createHash("sha256").update(readFileSync(path)).digest("hex")}  ${relative(root, path)}\n`)
    .sort();
  return createHash("sha256").update(lines.join("")).digest("hex");
}

/** Writes a file and its compressed sibling, which the web server sends as it is. */
function write(name, text) {
  const bytes = Buffer.from(text);
  writeFileSync(join(dist, name), bytes);
  writeFileSync(join(dist, `${name}.gz`), gzipSync(bytes, { level: 9 }));
  return { bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

const styles = sass.compile(join(source, "coproduce.scss"), {
  loadPaths: [source, join(root, "node_modules")],
  style: "compressed",
  charset: false,
});
const script = await esbuild.build({
  entryPoints: [join(source, "coproduce.js")],
  bundle: true,
  minify: true,
  write: false,
  format: "esm",
  target: "es2019",
  legalComments: "none",
});

const files = {
  "coproduce.css": write("coproduce.css", styles.css),
  "coproduce.js": write("coproduce.js", script.outputFiles[0].text),
  "mark.svg": write("mark.svg", readFileSync(join(source, "mark.svg"), "utf8")),
};
copyFileSync(join(source, "LICENSE-govuk-frontend.txt"), join(dist, "LICENSE-govuk-frontend.txt"));
writeFileSync(join(dist, "build.json"), `${JSON.stringify({ sources: stamp(), files }, null, 2)}\n`);
for (const [name, { bytes }] of Object.entries(files)) console.log(`${name}: ${bytes} bytes`);
