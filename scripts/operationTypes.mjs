// Generates what codegen.yml asks for. With --check it writes nothing and fails where a file is out of date.
// codegen's own command does the same, but brings 400 packages.
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { codegen } from "@graphql-codegen/core";
import { buildASTSchema, lexicographicSortSchema, parse, printSchema } from "graphql";
import { parse as parseYaml } from "yaml";

const require = createRequire(import.meta.url);
process.chdir(join(import.meta.dirname, ".."));

const { schema, documents, generates } = parseYaml(readFileSync("codegen.yml", "utf8"));
// Sorted, so that a type that moves in the schema changes nothing here.
const schemaAst = lexicographicSortSchema(buildASTSchema(readDocument(schema), { assumeValidSDL: true }));
const isCheck = process.argv.includes("--check");

for (const [filename, { plugins, config }] of Object.entries(generates)) {
  const text = await codegen({
    filename,
    schema: parse(printSchema(schemaAst)),
    schemaAst,
    documents: globSync(documents)
      .sort()
      .map((location) => ({ location, document: readDocument(location) })),
    plugins: plugins.map((name) => ({ [name]: {} })),
    pluginMap: Object.fromEntries(plugins.map((name) => [name, require(`@graphql-codegen/${name}`)])),
    config,
  });
  if (!isCheck) writeFileSync(filename, text);
  else if (readFileSync(filename, "utf8") !== text) {
    console.error(`${filename} is out of date: npm run schema`);
    process.exitCode = 1;
  }
}

function readDocument(file) {
  return parse(readFileSync(file, "utf8"));
}
