// Reads the reports of one audit with what reads them elsewhere: node validate.mjs REPORT_FOLDER
//
// The folder holds report.json, report.html, report.sarif, report.gitlab.json, report.junit.xml,
// report.github.txt, report.md, report.txt and report.schema.json, as tests/formats/run makes them.
// Each check is first shown a broken report, which it has to refuse. Exit code 1 where one fails.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { marked } from "marked";
import { parse } from "parse5";
import { commandsOf } from "./runner_commands.mjs";

const require = createRequire(import.meta.url);
const here = fileURLToPath(new URL(".", import.meta.url));

function schemaErrors(schema, value) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  if (ajv.validate(schema, value)) return [];
  return ajv.errors.map((error) => `${error.instancePath} ${error.message}`);
}

function readJson(text) {
  if (text.startsWith("\ufeff")) throw new Error("begins with a byte order mark");
  return JSON.parse(text);
}

/// Where code scanning, the widget and annotations look for a file.
const inRepository = (path) => /^(?!\.{0,2}\/)./.test(path ?? "");

// ---- JSON, by the schema that the program prints

const checkJson = (text, { schema }) => schemaErrors(JSON.parse(schema), readJson(text));

// ---- SARIF, by the official schema and by GitHub's rules

const multitool = require("@microsoft/sarif-multitool-linux");
const sarifSchema = readJson(
  readFileSync(require.resolve("@microsoft/sarif-multitool-linux/sarif-2.1.0.json"), "utf8"));

function checkSarif(text) {
  const sarif = readJson(text);
  const errors = schemaErrors(sarifSchema, sarif);
  for (const [i, result] of (sarif.runs?.[0]?.results ?? []).entries()) {
    // The tool's own rule for this crashes where there is none.
    const file = result.locations?.[0]?.physicalLocation?.artifactLocation?.uri;
    if (!inRepository(file)) errors.push(`result ${i} is at ${file}`);
    // `[text](target)` is a link, unless its brackets are escaped; `\\` is a backslash and no escape.
    for (const link of (result.message?.text ?? "").replaceAll("\\\\", "").matchAll(/(?<!\\)\[[^\]]*\]\(([^)]*)\)/g))
      if (!/^\d+$/.test(link[1])) errors.push(`a message links to ${link[1]}`);
  }
  return errors;
}

/// Its exit code is 0 whatever it finds: what it found is in its output, itself SARIF.
function checkGithubRules(text) {
  const folder = mkdtempSync(join(tmpdir(), "schemaudit-sarif-"));
  try {
    writeFileSync(join(folder, "in.sarif"), text);
    chmodSync(multitool, 0o755);
    execFileSync(multitool, ["validate", join(folder, "in.sarif"),
      "--rule-kind", "Sarif;Ghas", "--config", join(here, "github-rules.xml"), "--level", "Error",
      "--output", join(folder, "out.sarif"), "--log", "ForceOverwrite"], { stdio: "ignore" });
    const run = readJson(readFileSync(join(folder, "out.sarif"), "utf8")).runs[0];
    const notes = run.invocations.flatMap((invocation) => [
      ...(invocation.toolExecutionNotifications ?? []),
      ...(invocation.toolConfigurationNotifications ?? [])]);
    return [
      ...(run.results ?? []).filter((result) => result.level === "error").map((result) =>
        `${result.ruleId} at ${result.locations?.[0]?.logicalLocations?.[0]?.fullyQualifiedName ??
          JSON.stringify(result.message)}`),
      ...notes.filter((note) => note.level === "error").map((note) => note.message.text)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// ---- GitLab Code Quality, by the keys that its documentation requires

const gitlabSchema = {
  type: "array",
  items: {
    type: "object",
    required: ["description", "check_name", "fingerprint", "severity", "location"],
    properties: {
      description: { type: "string", minLength: 1 },
      check_name: { type: "string", minLength: 1 },
      fingerprint: { type: "string", minLength: 1 },
      severity: { enum: ["info", "minor", "major", "critical", "blocker"] },
      location: {
        required: ["path", "lines"],
        properties: {
          path: { type: "string" },
          lines: { required: ["begin"], properties: { begin: { type: "integer", minimum: 1 } } },
        },
      },
    },
  },
};

function checkGitlab(text) {
  const issues = readJson(text);
  const errors = schemaErrors(gitlabSchema, issues);
  for (const issue of issues)
    if (!inRepository(issue.location?.path)) errors.push(`an issue is at ${issue.location?.path}`);
  if (new Set(issues.map((issue) => issue.fingerprint)).size < issues.length)
    errors.push("two issues have one fingerprint: the widget shows one of them");
  return errors;
}

// ---- JUnit, by the structure that its readers share

function checkJunit(text) {
  const validity = XMLValidator.validate(text);
  if (validity !== true) return [validity.err.msg];
  if (/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(text)) return ["holds what XML may not"];
  const lists = ["testsuite", "testcase"];
  const root = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "@",
    processEntities: { enabled: true, maxTotalExpansions: Infinity, maxExpandedLength: Infinity },
    isArray: (name) => lists.includes(name) }).parse(text).testsuites;
  const errors = [];
  const sums = { tests: 0, failures: 0, errors: 0, skipped: 0 };
  for (const suite of root.testsuite ?? []) {
    const cases = suite.testcase ?? [];
    const counts = { tests: cases.length,
      failures: cases.filter((each) => each.failure !== undefined).length,
      errors: cases.filter((each) => each.error !== undefined).length,
      skipped: cases.filter((each) => each.skipped !== undefined).length };
    for (const [name, count] of Object.entries(counts)) {
      sums[name] += count;
      if (Number(suite[`@${name}`]) !== count) errors.push(`suite ${suite["@name"]}: ${name} do not add up`);
    }
    const names = new Set();
    for (const each of cases) {
      if (!each["@name"] || !each["@classname"]) errors.push("a case has no name or class");
      const known = `${each["@classname"]} ${each["@name"]}`;
      if (names.has(known)) errors.push(`two cases are one for GitLab: ${known}`);
      names.add(known);
    }
  }
  for (const [name, sum] of Object.entries(sums))
    if (Number(root[`@${name}`]) !== sum) errors.push(`${name} of all suites do not add up`);
  return errors;
}

// ---- GitHub's workflow commands, read as the runner reads them

const annotations = ["error", "warning", "notice"];

function checkGithub(text) {
  const errors = [];
  const counts = {};
  for (const line of text.split("\n").filter((each) => each !== "")) {
    const [command] = commandsOf(line);
    if (!command || command.version !== 2 || !annotations.includes(command.name)) {
      errors.push(`no annotation: ${line}`);
      continue;
    }
    counts[command.name] = (counts[command.name] ?? 0) + 1;
    for (const key of Object.keys(command.properties))
      if (!["file", "line", "col", "title"].includes(key)) errors.push(`property ${key}: ${line}`);
    if (!/^schemaudit/.test(command.properties.title ?? "")) errors.push(`no title: ${line}`);
    const { file } = command.properties;
    if (file !== undefined && !inRepository(file)) errors.push(`an annotation is at ${file}`);
    if (command.data.length > 4096) errors.push("a message that the runner cuts");
  }
  for (const [name, count] of Object.entries(counts))
    if (count > 10) errors.push(`${count} of ${name}, where the runner shows ten`);
  return errors;
}

// ---- Text, in the log of a step: no line of it is a command

const checkText = (text) => [
  ...text.split("\n").flatMap((line) => commandsOf(line).map((command) =>
    `a command for ${command.system}, ${command.name}: ${line}`)),
  ...(text.match(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g) ?? []).map(
    (character) => `control U+${character.codePointAt(0).toString(16)}`)];

// ---- Markdown, as GitHub renders it: its own elements only, no mention and no reference

const ownElements = new Set(["html", "head", "body", "h2", "h3", "p", "ul", "li", "strong", "code",
  "table", "thead", "tbody", "tr", "th", "td", "#text", "#comment", "#document"]);

function* nodesOf(node, inCode = false) {
  yield { node, inCode };
  for (const child of node.childNodes ?? [])
    yield* nodesOf(child, inCode || node.nodeName === "code");
}

/// Text nodes are read as they stand: a comment between `@` and a name keeps them apart.
const references = [/(^|[^\w`])@[a-z\d]/i, /(^|\W)#\d/, /\bGH-\d/i, /\b[0-9a-f]{40}\b/i,
  /\bhttps?:\/\/\w/i, /\bwww\.\w/i];

function checkMarkdown(text) {
  const errors = [];
  if (Buffer.byteLength(text) > 65_536) errors.push("longer than a comment may be");
  if (!text.startsWith("<!-- schemaudit -->\n")) errors.push("does not begin with its marker");
  for (const { node, inCode } of nodesOf(parse(marked.parse(text, { gfm: true })))) {
    if (!ownElements.has(node.nodeName)) errors.push(`element ${node.nodeName}`);
    if (node.nodeName !== "#text" || inCode) continue;
    for (const reference of references)
      if (reference.test(node.value)) errors.push(`${reference} in: ${node.value}`);
  }
  return errors;
}

// ---- HTML: nothing in it runs or loads but its own, by its policy and by what stands in it

function checkHtml(text) {
  const errors = [];
  let policy = "";
  let scripts = 0;
  for (const { node } of nodesOf(parse(text))) {
    const attributes = Object.fromEntries((node.attrs ?? []).map((each) => [each.name, each.value]));
    if (attributes["http-equiv"] === "Content-Security-Policy") policy = attributes.content;
    if (node.nodeName === "script" && !/json/.test(attributes.type ?? "")) ++scripts;
    if (["iframe", "object", "embed", "base", "img"].includes(node.nodeName))
      errors.push(`element ${node.nodeName}`);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on") || name === "style") errors.push(`attribute ${name}`);
      if (["href", "src", "action", "xlink:href"].includes(name) && !/^(#|https:|data:,$)/.test(value))
        errors.push(`${name}=${value}`);
    }
  }
  if (!/default-src 'none'/.test(policy) || !/form-action 'none'/.test(policy) || /unsafe/.test(policy))
    errors.push(`policy ${policy}`);
  if (scripts > (policy.match(/script-src[^;]*/)?.[0].match(/'sha256-/g) ?? []).length)
    errors.push(`${scripts} scripts, and fewer in the policy`);
  return errors;
}

// ---- All of them

const checks = [
  ["JSON", "report.json", checkJson, (text) => text.replace(/"format_version"/, '"format"')],
  ["SARIF, the schema", "report.sarif", checkSarif, (text) => text.replace(/"version": "2.1.0"/, '"version": "2"')],
  ["SARIF, GitHub's rules", "report.sarif", checkGithubRules, (text) => text.replaceAll(/"startLine": \d+,/g, "")],
  ["GitLab", "report.gitlab.json", checkGitlab, (text) => text.replaceAll('"fingerprint"', '"print"')],
  ["JUnit", "report.junit.xml", checkJunit, (text) => text.replace("<testcase ", "<case ")],
  ["GitHub commands", "report.github.txt", checkGithub, (text) => `${text}::stop-commands::x\n`],
  ["Text", "report.txt", checkText, (text) => `${text}  ##[error]x\n`],
  ["Markdown", "report.md", checkMarkdown, (text) => `${text}\n@someone <b>x</b>\n`],
  ["HTML", "report.html", checkHtml, (text) => text.replace("</body>", "<script>x()</script><i onclick=x()></body>")],
];

const folder = process.argv[2];
if (!folder) {
  console.error("usage: node validate.mjs REPORT_FOLDER");
  process.exit(2);
}
const read = (name) => readFileSync(join(folder, name), "utf8");
const context = { schema: read("report.schema.json") };
let failed = 0;
for (const [name, file, check, breakIt] of checks) {
  const text = read(file);
  const errors = check(text, context);
  let refused = false;
  try {
    refused = check(breakIt(text), context).length > errors.length;
  } catch {
    refused = true;
  }
  if (!refused) errors.push("a broken one was not refused");
  console.log(`${errors.length > 0 ? "FAILED" : "ok"}  ${name}`);
  const shown = [...new Set(errors)];
  for (const error of shown.slice(0, 10)) console.log(`    ${JSON.stringify(error).slice(1, 400)}`);
  if (shown.length > 10) console.log(`    and ${shown.length - 10} more`);
  failed += errors.length > 0;
}
console.log(`${checks.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
