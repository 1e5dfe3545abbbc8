import { beforeEach, expect, test } from "vitest";
import { container, job, known, owner, policy, reference, role, secret, text, unit } from "../../test/support/units.ts";
import { parameterArn, roleArn, secretArn } from "./arn.ts";
import { narrowNames } from "./narrow.ts";
import { canonical, hasWideHole, startRun } from "./text.ts";

beforeEach(startRun);

test("a variable that is part of a name has no colon anywhere", () => {
  const name = text("app-⟨*var.instance@a⟩");
  narrowNames(unit("a", { secrets: [secret("a", "S", { name, arn: text(secretArn(owner("S@a"), name.value)) })] }));
  expect(canonical(name.value)).toBe(known("app-⟨var.instance@a⟩"));
  expect(hasWideHole(name.value)).toBe(false);
});

test("names of parameters, roles and policies say the same of what they hold", () => {
  const all = text("⟨*role@a⟩⟨*policy@a⟩⟨*parameter@a⟩").value;
  narrowNames(
    unit("a", {
      roles: [role("a", "R", { name: text("⟨*role@a⟩"), arn: text(roleArn(owner("R@a"), "⟨*role@a⟩")) })],
      policies: [policy("a", "P", { name: text("p-⟨*policy@a⟩") })],
      parameters: [
        {
          ...policy("a", "X", {}),
          name: text("/⟨*parameter@a⟩/db"),
          arn: text(parameterArn(owner("X@a"), "/⟨*parameter@a⟩/db")),
          type: null,
          tags: { given: [], complete: true },
          key_reference: null,
          gone: null,
          declared: true,
        },
      ],
    }),
  );
  expect(hasWideHole(all)).toBe(false);
});

test("what is part of no name stays anything at all", () => {
  const arn = text("⟨*var.arn@a⟩");
  narrowNames(unit("a", { job_definitions: [job("a", "J", container({ secrets: [reference("X", arn.value)] }))] }));
  expect(hasWideHole(arn.value)).toBe(true);
});
