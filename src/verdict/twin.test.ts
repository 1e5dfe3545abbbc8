import { expect, test } from "vitest";
import type { Place } from "../source.ts";
import { twin } from "./twin.ts";

/** The text with a copy of the resource at the mark `«…»` for Secrets Manager in place of `from`. */
function copied(marked: string, from = "logs"): string {
  const text = marked.replace(/[«»]/g, "");
  const place: Place = { file: { path: "a", text }, start: marked.indexOf("«"), end: marked.indexOf("»") - 1 };
  const [edit] = twin({ place, from, to: "secretsmanager" });
  return edit ? text.slice(0, edit.place.start) + edit.text + text.slice(edit.place.end) : "nowhere";
}

const BLOCK = `{
  vpc_id       = aws_vpc.main.id
  service_name = "com.amazonaws.\${var.region}.logs"
}
`;

test("a block of Terraform gets one behind it, with a label of its own", () => {
  expect(copied(`«resource "aws_vpc_endpoint" "logs"» ${BLOCK}\n# more\n`)).toBe(
    `resource "aws_vpc_endpoint" "logs" ${BLOCK}
resource "aws_vpc_endpoint" "secretsmanager" ${BLOCK.replace(".logs", ".secretsmanager")}\n# more\n`,
  );
});

test("a block that is repeated for a list gets one more item", () => {
  const repeated = (list: string) =>
    `«resource "aws_vpc_endpoint" "all"» {
  for_each     = toset(${list})
  service_name = "com.amazonaws.eu-west-1.\${each.key}"
}
`;
  expect(copied(repeated('["ecr.api", "logs"]'))).toBe(
    repeated('["ecr.api", "secretsmanager", "logs"]').replace(/[«»]/g, ""),
  );
  expect(copied(repeated("local.services"))).toBe("nowhere");
});

test("a resource of a template gets one behind it, in YAML and JSON", () => {
  const yaml = `Resources:
  «Logs»:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      ServiceName: !Sub com.amazonaws.\${AWS::Region}.logs

  Other: {}
`;
  expect(copied(yaml)).toBe(`Resources:
  Logs:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      ServiceName: !Sub com.amazonaws.\${AWS::Region}.logs

  SecretsmanagerEndpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      ServiceName: !Sub com.amazonaws.\${AWS::Region}.secretsmanager

  Other: {}
`);
  expect(copied('{\n  «"LogsEndpoint"»: { "ServiceName": "com.amazonaws.eu-west-1.ecr.api" }\n}', "ecr.api")).toBe(
    '{\n  "LogsEndpoint": { "ServiceName": "com.amazonaws.eu-west-1.ecr.api" },\n  "Secretsmanager": { "ServiceName": "com.amazonaws.eu-west-1.secretsmanager" }\n}',
  );
});

test("nothing is copied whose service is not written in it, or which is no resource", () => {
  expect(copied('«resource "a" "b"» { service_name = local.name }')).toBe("nowhere");
  expect(copied('«resource "a" "b"» { service_name = "com.amazonaws.x.logs"')).toBe("nowhere");
  expect(copied("- «ServiceName: com.amazonaws.eu-west-1.logs»")).toBe("nowhere");
});
