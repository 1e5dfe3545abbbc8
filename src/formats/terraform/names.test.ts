import { expect, test } from "vitest";
import { unit } from "../../../test/support/units.ts";
import { secretArn } from "../../facts/arn.ts";
import { spelling } from "../../facts/spelling.ts";
import { namesIn } from "./names.ts";
import { attributeHole, type Declared, owner, ownHole, unknown } from "./unknowns.ts";

const FOLDER = "infra/*.tf";
const ROOT = { unit: FOLDER, prefix: "" };
const JOBS = { unit: FOLDER, prefix: "module.jobs." };
const declared = (type: string, name: string, home = ROOT): Declared => {
  return { ...home, mode: "managed", type, address: `${home.prefix}${type}.${name}` };
};
const INNER = secretArn(owner(declared("aws_secretsmanager_secret", "own", JOBS)), "own");
const OUTER = secretArn(owner(declared("aws_secretsmanager_secret", "outer")), "outer");
const KEYS = { unit: FOLDER, prefix: "module.keys." };
const KEY = `arn:⟨AWS.Partition⟩:kms:⟨AWS.Region⟩:⟨AWS.AccountId⟩:key/${ownHole(declared("aws_kms_key", "k", KEYS), "narrow")}`;
const terraform = spelling([
  {
    ...unit(FOLDER, {}),
    spellings: new Map([
      [INNER, "${module.jobs.aws_secretsmanager_secret.own.arn}"],
      [OUTER, "${aws_secretsmanager_secret.outer.arn}"],
      [KEY, "${module.keys.aws_kms_key.k.arn}"],
    ]),
    namesAt: namesIn(
      [
        {
          folder: "infra",
          prefix: "",
          names: new Map([
            [INNER, "module.jobs.own_arn"],
            [OUTER, "aws_secretsmanager_secret.outer.arn"],
            ["⟨AWS.Region⟩", "data.aws_region.here.name"],
          ]),
        },
        {
          folder: "modules/jobs",
          prefix: "module.jobs.",
          names: new Map([
            [INNER, "aws_secretsmanager_secret.own.arn"],
            [OUTER, "var.secret_arn"],
          ]),
        },
      ],
      FOLDER,
    ),
  },
]);
const inFile = (path: string, text = "", start = 0) =>
  terraform(FOLDER, {
    place: { file: { path, text }, start, end: start },
    address: "module.jobs.aws_batch_job_definition.job",
  });
const root = inFile("infra/main.tf");
const jobs = inFile("modules/jobs/main.tf");

test("the default of a variable can name nothing", () => {
  const text = 'locals {\n}\nvariable "a" {\n  default = "x"\n}\nresource "b" "c" {\n  d = "y"\n}\n';
  const inDefault = inFile("infra/main.tf", text, text.indexOf('"x"'));
  expect(inDefault.write("arn:aws:x:⟨AWS.Region⟩")).toBe("arn:aws:x:<region>");
  const inResource = inFile("infra/main.tf", text, text.indexOf('"y"'));
  expect(inResource.write("arn:aws:x:⟨AWS.Region⟩")).toBe("arn:aws:x:${data.aws_region.here.name}");
});

test("each module has its own name for an ARN, in messages and in code", () => {
  expect([root.say(INNER), root.write(INNER)]).toEqual(["${module.jobs.own_arn}", "${module.jobs.own_arn}"]);
  expect([jobs.say(OUTER), jobs.write(OUTER)]).toEqual(["${var.secret_arn}", "${var.secret_arn}"]);
  expect(jobs.write(INNER)).toBe("${aws_secretsmanager_secret.own.arn}");
});

test("what a module has no name for is named by another's name, and written out in code", () => {
  expect(root.say(KEY)).toBe("${module.keys.aws_kms_key.k.arn}");
  expect(root.write(KEY)).toBe(
    "arn:aws:kms:${data.aws_region.here.name}:<account-id>:key/<id of module.keys.aws_kms_key.k>",
  );
  expect(jobs.write(KEY)).toBe("arn:aws:kms:<region>:<account-id>:key/<id of module.keys.aws_kms_key.k>");
  expect(inFile("infra/prod.tfvars").write(OUTER)).toBe(
    "arn:aws:secretsmanager:<region>:<account-id>:secret:outer-??????",
  );
});

const place = { file: { path: "infra/main.tf", text: "" }, start: 0, end: 0 };
const token = (
  home: typeof ROOT,
  name: string,
  kind: "variable" | "module",
  cause: "variable" | "module" | "undeclared",
) => {
  const about = { origin: { kind }, cause: { kind: cause, name, unit: FOLDER } };
  return `⟨*${unknown(home, name, about, place).name}⟩`;
};

test("values and outputs can be named in their own module only", () => {
  const value = token(JOBS, "var.name", "variable", "variable");
  expect([jobs.say(value), jobs.write(value), root.say(value), root.write(value)]).toEqual([
    "${var.name}",
    "${var.name}",
    "${module.jobs.var.name}",
    "<module.jobs.var.name>",
  ]);
  expect(root.write(token(ROOT, "module.elsewhere.arn", "module", "module"))).toBe("${module.elsewhere.arn}");
  expect(root.write(token(ROOT, "module.jobs.arn", "module", "undeclared"))).toBe("<module.jobs.arn>");
  expect(root.write(attributeHole(declared("random_id", "x"), "hex", "narrow"))).toBe("${random_id.x.hex}");
});
