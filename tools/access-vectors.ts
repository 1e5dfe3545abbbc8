/**
 * Makes `test/access/answers.json`: policies, what a job reads, and whether AWS allows it. The answers come from an IAM
 * simulator that is no part of this project, and must be those of `test/access/reference.ts`, which is our reading of
 * AWS's documentation.
 *
 *   node tools/access-vectors.ts questions > questions.jsonl
 *   … any simulator answers each line with {"id", "allowed"} …
 *   node tools/access-vectors.ts record answers.jsonl
 *
 * A question has `id`, `action`, `resource`, `owner` (the account of the resource), `role`, `context`, and the policies:
 * `identity`, `boundary` (or null) and `resource`. The recorded answers are those of @cloud-copilot/iam-simulate 0.1.173.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { vectors } from "../test/access/generate.ts";
import { managedDocument } from "../test/access/managed.ts";
import { RECORD, SEED, written } from "../test/access/record.ts";
import { answers, decide, type Policies } from "../test/access/reference.ts";
import type { Request } from "../test/access/requests.ts";
import type { Recorded } from "../test/access/vector.ts";

const MOST_SHOWN = 20;

const keyOf = (request: Request, policies: Policies) => JSON.stringify([request, policies]);

/** Every request with its policies once, in the order in which it is asked. */
function questions(): ReadonlyMap<string, { readonly request: Request; readonly policies: Policies }> {
  const asked = new Map<string, { readonly request: Request; readonly policies: Policies }>();
  for (const vector of vectors(SEED)) {
    answers(vector, managedDocument, (request, policies) => {
      asked.set(keyOf(request, policies), { request, policies });
      return false;
    });
  }
  return asked;
}

function ask(): void {
  [...questions().values()].forEach(({ request, policies }, id) => {
    process.stdout.write(`${JSON.stringify({ id, ...request, ...policies })}\n`);
  });
}

function record(path: string): void {
  const lines = readFileSync(path, "utf8").trim().split("\n");
  const told = lines.map((line): { readonly id: number; readonly allowed: boolean } => JSON.parse(line));
  const byId = new Map(told.map(({ id, allowed }) => [id, allowed]));
  const keys = [...questions().keys()];
  const allowed = new Map(keys.map((key, id) => [key, byId.get(id)]));
  const wrong: string[] = [];
  const all = vectors(SEED).map((vector): Recorded => {
    const said = answers(vector, managedDocument, (request, policies) => {
      const key = keyOf(request, policies);
      const answer = allowed.get(key);
      if (answer !== decide(request, policies)) wrong.push(`${answer}: ${request.action} ${JSON.stringify(policies)}`);
      return answer === true;
    });
    return { ...vector, ...said };
  });
  if (wrong.length > 0)
    throw new Error(`${wrong.length} answers differ from our reading\n${wrong.slice(0, MOST_SHOWN).join("\n")}`);
  writeFileSync(RECORD, written(all));
}

const [, , command, path] = process.argv;
if (command === "questions") ask();
else if (command === "record" && path !== undefined) record(path);
else throw new Error("Say `questions`, or `record` and a file of answers.");
