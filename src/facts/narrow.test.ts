import { expect, test } from "vitest";
import { allow, container, job, owner, policy, reference, role, secret, text, unit } from "../../test/support/units.ts";
import { parameterArn, roleArn, secretArn } from "./arn.ts";
import { narrowed } from "./narrow.ts";

const GET = "secretsmanager:GetSecretValue";

test("a variable that is part of a name has no colon anywhere in its unit", () => {
  const name = "app-⟨*var.instance@a⟩";
  const arn = secretArn(owner("S@a"), name);
  const given = unit("a", {
    secrets: [secret("a", "S", { name: text(name), arn: text(arn) })],
    policies: [policy("a", "P", { statements: [allow("a#P", GET, `arn:aws:secretsmanager:*:*:secret:${name}-*`)] })],
    job_definitions: [job("a", "J", container({ secrets: [reference("X", `${arn}:key::`)] }))],
  });
  const { resources } = narrowed({ ...given, spellings: new Map([[arn, "${S.arn}"]]) });
  const narrow = secretArn(owner("S@a"), "app-⟨var.instance@a⟩");
  expect(resources.secrets[0]?.arn.value).toBe(narrow);
  expect(resources.policies[0]?.statements[0]?.resources?.[0]?.value).toBe(
    "arn:aws:secretsmanager:*:*:secret:app-⟨var.instance@a⟩-*",
  );
  expect(resources.job_definitions[0]?.containers[0]?.secrets[0]?.value_from?.value).toBe(`${narrow}:key::`);
  expect([...narrowed({ ...given, spellings: new Map([[arn, "${S.arn}"]]) }).spellings]).toEqual([
    [narrow, "${S.arn}"],
  ]);
});

test("names of parameters, roles and policies say the same of what they hold", () => {
  const given = unit("a", {
    roles: [role("a", "R", { name: text("⟨*role@a⟩"), arn: text(roleArn(owner("R@a"), "⟨*role@a⟩")) })],
    policies: [policy("a", "P", { name: text("p-⟨*policy@a⟩") })],
    parameters: [
      {
        ...policy("a", "X", {}),
        name: text("/⟨*parameter@a⟩/db"),
        arn: text(parameterArn(owner("X@a"), "/⟨*parameter@a⟩/db")),
        type: text("⟨*role@a⟩⟨*policy@a⟩⟨*parameter@a⟩"),
        key_reference: null,
      },
    ],
  });
  expect(narrowed(given).resources.parameters[0]?.type?.value).toBe("⟨role@a⟩⟨policy@a⟩⟨parameter@a⟩");
});

test("what is part of no name stays anything at all, and places stay the same", () => {
  const given = unit("a", {
    secrets: [secret("a", "S", { name: text("⟨*var.name@a⟩"), arn: text(secretArn(owner("S@a"), "⟨*var.name@a⟩")) })],
    job_definitions: [job("a", "J", container({ secrets: [reference("X", "⟨*var.arn@a⟩")] }))],
  });
  const { resources } = narrowed(given);
  expect(resources.job_definitions[0]?.containers[0]?.secrets[0]?.value_from?.value).toBe("⟨*var.arn@a⟩");
  expect(resources.secrets[0]?.at).toBe(given.resources.secrets[0]?.at);
});

test("a unit without such a name is not copied", () => {
  const given = unit("a", { policies: [policy("a", "P", { statements: [allow("a#P", GET, "⟨*var.arn@a⟩")] })] });
  expect(narrowed(given)).toBe(given);
});
