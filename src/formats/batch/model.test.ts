import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { job } from "./testing.ts";

const model: Record<"Secret" | "LogConfiguration" | "RepositoryCredentials" | "environment" | "roles", string[]> =
  JSON.parse(readFileSync(join(import.meta.dirname, "../../../test/data/batch-model-paths.json"), "utf8"));

/** A document that holds `leaf` at a path of the API's model, `a.b[].c`. */
function at(path: string, leaf: unknown): unknown {
  return path
    .split(".")
    .reverse()
    .reduce((inner, part) => {
      const lists = part.split("[]").length - 1;
      return lists > 0 ? { [part.replace("[]", "")]: [inner] } : { [part]: inner };
    }, leaf);
}

/** The path as ids have it: every list holds one. */
const first = (path: string): string => path.replaceAll("[]", "[0]");

test.each(model.Secret)("the API's model has a secret at %s, and it is reached", (path) => {
  const containers = job(at(path, { name: "N", valueFrom: "V" })).containers;
  const references = containers.flatMap(({ secrets, log }) => [...secrets, ...(log?.secret_options ?? [])]);
  expect(references).toMatchObject([{ id: first(path), name: { value: "N" }, value_from: { value: "V" } }]);
});

test.each(model.RepositoryCredentials)(
  "the API's model has registry credentials at %s, and they are reached",
  (path) => {
    const [read] = job(at(path, { credentialsParameter: "V" })).containers;
    expect(read?.registry_credentials).toMatchObject({ id: first(path), value_from: { value: "V" } });
  },
);

test.each(model.LogConfiguration)("the API's model has a log configuration at %s, and it is reached", (path) => {
  const [read] = job(at(path, { logDriver: "awslogs", options: { a: "b" } })).containers;
  expect(read?.log).toMatchObject({ driver: { value: "awslogs" }, options: [{ value: { value: "b" } }] });
});

test.each(model.environment)("the API's model has environment at %s, and it is reached", (path) => {
  const [read] = job(at(path, { name: "N", value: "V" })).containers;
  expect(read?.environment).toMatchObject([{ name: { value: "N" }, value: { value: "V" } }]);
});

test.each(model.roles)("the API's model has a role at %s, and it is reached", (path) => {
  const holder = path.slice(0, path.lastIndexOf("."));
  const key = path.slice(path.lastIndexOf(".") + 1);
  const task = holder.endsWith("taskProperties[]");
  const [read] = job(at(holder, { [key]: "R", ...(task ? { containers: [{ image: "i" }] } : {}) })).containers;
  expect((key === "executionRoleArn" ? read?.execution_role : read?.job_role)?.arn.value).toBe("R");
});
