// Writes a project whose names, comments, defaults and documents try to be something else in what
// is made of them: node hostile_project.mjs FOLDER
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const texts = [
  "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "]]><!-- --> &amp; &#0; \"'",
  "::error file=x,line=1::injected", "a\n::set-output name=x::injected\n##[add-mask]b",
  "##[error]injected", "##vso[task.setvariable variable=x]injected", "##teamcity[message text='x']",
  "\u00a0::error::after a space that is none", "b\n\u00a0::error::x\n\u3000::add-mask::y", "%0A%0D%25%3A::x %s %n",
  "\u001b[31mred\u001b]0;title\u0007\u001b[2J", "csi\u009b31m", "adm\u202enimda\u2066x\u2069",
  "@octocat and #1 and GH-2 and octocat/hello#3", "[x](https://evil.example/) ![i](//evil.example/p)",
  "\\[x\\](https://evil.example/)", "https://evil.example/?a=1&b=2 www.evil.example me@evil.example",
  "`` ` | * _ ~~ \\ #\n# H\n- [ ] t\n\n<details><h1>x</h1>", "$$x$$ $`a`$ :smile: <!--",
  "名".repeat(21), "  begins and ends with spaces  ", "a\"b'c;--",
];
const folder = process.argv[2];
const identifier = (text) => `"${text.replaceAll('"', '""')}"`;
const literal = (text) => `'${text.replaceAll("'", "''")}'`;
/// PostgreSQL cuts names at 63 bytes.
const nameOf = (text, bytes) =>
  new TextDecoder().decode(Buffer.from(text).subarray(0, bytes)).replaceAll("\ufffd", "");

const sql = [];
const pages = [];
texts.forEach((text, i) => {
  const name = identifier(nameOf(text, 63));
  const line = text.replaceAll("\n", " ");
  const cell = line.replaceAll("|", "\\|");
  sql.push(
    `CREATE TABLE ${name} (${name} integer DEFAULT 3, t text DEFAULT ${literal(text)}, CHECK (t <> ${literal(text)}));`,
    `COMMENT ON TABLE ${name} IS ${literal(text)};`,
    `CREATE TABLE t_${i} (id bigint PRIMARY KEY, ${name} integer NOT NULL, t text NOT NULL DEFAULT ${literal(text)});`,
    `CREATE VIEW ${identifier(`v${nameOf(text, 60)}`)} AS SELECT t FROM ${name};`);
  pages.push(
    `# t_${i}`, "", text, "", "```sql",
    `CREATE TABLE t_${i} (id bigint PRIMARY KEY, ${name} text, t varchar(20) DEFAULT ${literal(`${text}x`)}, CHECK (${name} IN (${literal(text)}, 'b')));`,
    `SELECT ${text};`, "```", "", `## ${line}`, "",
    "| Column | Type | Default | Notes |", "|---|---|---|---|",
    `| \`${cell.replaceAll("`", "")}\` | text | ${cell} | ${cell} |`,
    `| id | ${cell} | | references ${cell}.id |`, `| gone | text | | ${cell} |`, "");
});
const small = "# y\n\n| Column | Type |\n|---|---|\n| id | bigint |\n";
const files = {
  "sql/schema.sql": `${sql.join("\n")}\n`,
  "docs/über uns, 100% #1/a&b'c/d, %0A.md": pages.join("\n"),
  "docs/it's | `x` @octocat [a](b).md": small,
  "docs/##[error]x/::error::y.md": small.replace("# y", "# z"),
  "docs/##[error]x/<b>.md": small.replace("# y", "# <b>"),
  "schemaudit.toml": [
    "[sources]", 'docs = "docs/**/*.md"', 'sql = "sql/*.sql"', "", "[[criteria]]",
    'text = "::error::x ##[error]y <script>alert(1)</script> @octocat"', 'decided_by = ["rehearse"]',
    "", "[[waiver]]", 'rule = "undocumented-table"', 'object = "public.a*"',
    'owner = "<b>::error::</b> @octocat"', 'reason = "::error::x ##[error]y"', "expires = 2099-12-31",
    ""].join("\n"),
};
for (const [path, text] of Object.entries(files)) {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
}
