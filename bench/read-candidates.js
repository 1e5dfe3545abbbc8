// The least that any checker does: list a folder, read every file that could be about Batch by its name.
import { readdirSync, readFileSync } from "node:fs";

const candidate = /\.(json|ya?ml|template|tf|tfvars)$/;
let characters = 0;
for (const folder of [process.argv[2] ?? "."]) {
  for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (candidate.test(path)) characters += readFileSync(`${folder}/${path}`, "utf8").length;
  }
}
console.log(characters);
