import { expect, test } from "vitest";
import type { Case } from "../facts/schema.ts";
import { renderCase } from "./facts.ts";

test("a case is one line, and what people wrote into an environment is masked in it", () => {
  const text = (value: string) => ({ value, at: 0 });
  const named = (name: string, value: string) => ({ name: text(name), value: text(value), at: 0 });
  const container = {
    environment: [named("DB_PASSWORD", "hunter2"), named("DB_HOST", "db.local"), named("API_TOKEN", "⟨*Token@a.yaml⟩")],
    command: ["run", "--token", "hunter2", "--db-password=hunter2", `ghp_${"a1B2".repeat(9)}`].map(text),
    secrets: [{ value_from: text("arn:aws:secretsmanager:eu-west-1:123456789012:secret:password-AbCdEf") }],
  };
  const input = { subject: { kind: "job_definition", id: "a.yaml#Job" }, containers: [container] };
  const line = renderCase(input as unknown as Case);
  expect(line.endsWith("}\n")).toBe(true);
  expect(line.indexOf("\n")).toBe(line.length - 1);
  expect(JSON.parse(line)).toEqual({
    ...input,
    containers: [
      {
        ...container,
        environment: [
          named("DB_PASSWORD", "*******"),
          named("DB_HOST", "db.local"),
          named("API_TOKEN", "⟨*Token@a.yaml⟩"),
        ],
        command: ["run", "--token", "*******", "--db-password=*******", "*".repeat(40)].map(text),
      },
    ],
  });
});

test("what a command hands to an option by its parameter is masked where the parameter has it", () => {
  const text = (value: string) => ({ value, at: 0 });
  const parameters = [
    { name: text("login"), value: text("correcthorse"), at: 0 },
    { name: text("day"), value: text("monday"), at: 0 },
  ];
  const credentials = [{ form: "name", site: "parameters", name: "login", within: "password", at: 0 }];
  const line = renderCase({ job_definitions: { J: { parameters, credentials } } } as unknown as Case);
  expect(JSON.parse(line).job_definitions.J.parameters).toEqual([
    { ...parameters[0], value: text("************") },
    parameters[1],
  ]);
});
