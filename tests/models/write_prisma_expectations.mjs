// Writes what the real Prisma schema engine makes of every folder of tests/models/prisma.
//
//     npm install --ignore-scripts --prefix /tmp/prisma6 \
//         schema-engine@npm:@prisma/schema-engine-wasm@7.1.1-3.c2990dca591cba766e3b7ef5d9e8a84796e47ab7 \
//         @prisma/adapter-pg@6.19.3 @prisma/driver-adapter-utils@6.19.3
//     build/schemaudit scratch -- node tests/models/write_prisma_expectations.mjs /tmp/prisma6
//
// That engine is the one of Prisma 6.19.3, compiled to WebAssembly. It asks a server for its
// version, which is why DATABASE_URL is needed; the SQL is then run there, in a database of its
// own, and what PostgreSQL refuses is told. Each folder gets `expected.sql`, or
// `expected_error.txt` where the engine refuses the schema.
//
// The folders of NEEDS_PRISMA_7 are left to a later engine:
//
//     npm install --ignore-scripts --prefix /tmp/prisma7 \
//         schema-engine@npm:@prisma/schema-engine-wasm@8.1.0-2.59be4fda12412a79eeb9c2ae727b6aa723593323 \
//         @prisma/adapter-pg@7.10.1 @prisma/driver-adapter-utils@7.10.1
//     build/schemaudit scratch -- \
//         node tests/models/write_prisma_expectations.mjs /tmp/prisma7 --prisma-7
//
// --prisma-7 takes the datasource's addresses out of a schema, which that engine no longer knows.
// With --check nothing is written and the exit status is 1 if a file would change. Names after
// the folder choose what is looked at.

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const MODELS = path.join(HERE, "prisma");
const NEEDS_PRISMA_7 = ["partial_indexes"];

const options = process.argv.slice(2).filter((word) => word.startsWith("--"));
const [modules, ...chosen] = process.argv.slice(2).filter((word) => !word.startsWith("--"));
if (!modules || !process.env.DATABASE_URL) {
  console.error("usage: DATABASE_URL=... write_prisma_expectations.mjs MODULES [--prisma-7] [--check] [NAME...]");
  process.exit(2);
}
const checking = options.includes("--check");
const prisma7 = options.includes("--prisma-7");

const requireThere = createRequire(path.resolve(modules, "package.json"));
const importThere = (name) => import(pathToFileURL(requireThere.resolve(name)).href);

async function loadEngine() {
  const bindings = await importThere("schema-engine/schema_engine_bg");
  const wasm = readFileSync(
    path.join(modules, "node_modules", "schema-engine", "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, {
    "./schema_engine_bg.js": bindings,
  });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return bindings;
}

function schemaFiles(folder) {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith(".prisma"))
    .sort()
    .map((name) => {
      let content = readFileSync(path.join(folder, name), "utf8");
      if (prisma7) content = content.replace(/^\s*(url|directUrl|shadowDatabaseUrl)\s*=.*\n/gm, "");
      return { path: name, content };
    });
}

/** The script, or the message with which the engine refuses the schema. */
async function migrate(engines, files) {
  let engine;
  try {
    engine = await engines.bindings.SchemaEngine.new(
      { datamodels: files.map((file) => [file.path, file.content]) },
      () => {},
      engines.adapter(),
    );
    const result = await engine.diff({
      from: { tag: "empty" },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: null,
      shadowDatabaseUrl: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return { script: result.stdout };
  } catch (error) {
    const plain = error.message.replace(/\x1b\[[0-9;]*m/g, "").replace(/[ \t]+$/gm, "");
    return { error: plain.replace(/\n*$/, "\n") };
  }
}

/** What PostgreSQL says against the script, if anything. */
async function refusal(pg, script) {
  const name = "prisma_expectation";
  const there = new URL(process.env.DATABASE_URL);
  const maintenance = new pg.Client({ connectionString: there.href });
  await maintenance.connect();
  await maintenance.query(`DROP DATABASE IF EXISTS ${name}`);
  await maintenance.query(`CREATE DATABASE ${name}`);
  there.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: there.href });
  await client.connect();
  let message = null;
  try {
    await client.query(script);
  } catch (error) {
    message = error.message;
  }
  await client.end();
  await maintenance.query(`DROP DATABASE ${name}`);
  await maintenance.end();
  return message;
}

function settle(file, wanted) {
  const present = existsSync(file) ? readFileSync(file, "utf8") : null;
  if (present === wanted) return false;
  if (!checking) {
    if (wanted === null) rmSync(file);
    else writeFileSync(file, wanted);
  }
  return true;
}

const bindings = await loadEngine();
const { PrismaPg } = await importThere("@prisma/adapter-pg");
const { bindMigrationAwareSqlAdapterFactory } = await importThere("@prisma/driver-adapter-utils");
const pg = (await importThere("pg")).default;
const engines = {
  bindings,
  adapter: () =>
    bindMigrationAwareSqlAdapterFactory(
      new PrismaPg({ connectionString: process.env.DATABASE_URL })),
};
console.log(`schema engine ${bindings.version()}`);

const folders = readdirSync(MODELS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .filter((name) =>
    chosen.length === 0 ? NEEDS_PRISMA_7.includes(name) === prisma7 : chosen.includes(name))
  .sort();
let changed = 0;
for (const name of folders) {
  const folder = path.join(MODELS, name);
  const { script = null, error = null } = await migrate(engines, schemaFiles(folder));
  const differs = [
    settle(path.join(folder, "expected.sql"), script),
    settle(path.join(folder, "expected_error.txt"), error),
  ].some(Boolean);
  if (differs) changed += 1;
  const said = script === null ? "refused by the engine" : "ok";
  const refused = script === null ? null : await refusal(pg, script);
  console.log(
    `${name}: ${said}${differs ? ", changed" : ""}` +
      (refused === null ? "" : `; PostgreSQL refuses it: ${refused}`),
  );
}
console.log(`${folders.length} folders, ${changed} changed`);
process.exit(checking && changed > 0 ? 1 : 0);
