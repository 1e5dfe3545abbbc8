import { expect, test } from "vitest";
import { namedImage } from "./agent-versions.ts";
import { hole } from "./text.ts";

const at = { file: { path: "f", text: "" }, start: 0, end: 0 };

function agent(value: string): string {
  const { agent_from, agent_to, cause } = namedImage({ value, at });
  if (cause) return `unknown: ${cause.name}`;
  return [agent_from, agent_to].map((version) => version?.join(".") ?? "").join("..");
}

test.each([
  ["amzn2-ami-ecs-hvm-2.0.20200218-x86_64-ebs", "1.37.0.."],
  ["amzn2-ami-ecs-hvm-2.0.20200205-x86_64-ebs", "1.36.2..1.36.2"],
  ["amzn2-ami-ecs-gpu-hvm-2.0.20190402-x86_64-ebs", "1.27.0..1.27.0"],
  ["amzn2-ami-ecs-hvm-2.0.20190115-arm64-ebs", "1.24.0..1.25.0"],
  ["amzn2-ami-ecs-hvm-2.0.20180101-x86_64-ebs", "..1.20.3"],
  ["amzn2-ami-ecs-hvm-2.0.2019*-x86_64-ebs", "1.22.0..1.36.0"],
  ["amzn2-ami-ecs-hvm-2.0.2024*-x86_64-ebs", "1.37.0.."],
  ["amzn2-ami-ecs-hvm-*-x86_64-ebs", "1.51.0.."],
  ["amzn2-ami-ecs-kernel-5.10-hvm-2.0.20230321-x86_64-ebs", "1.37.0.."],
  ["amzn-ami-2018.03.20191014-amazon-ecs-optimized", "1.32.0..1.33.0"],
  ["amzn-ami-2018.03.p-amazon-ecs-optimized", "1.27.0..1.27.0"],
  ["amzn-ami-2017.03.g-amazon-ecs-optimized", "..1.15.2"],
  ["amzn-ami-2018.03.z-amazon-ecs-optimized", "unknown: amzn-ami-2018.03.z-amazon-ecs-optimized"],
  ["amzn-ami-*-amazon-ecs-optimized", "1.51.0.."],
  ["al2023-ami-ecs-hvm-2023.0.20240131-kernel-6.1-x86_64", "1.51.0.."],
  ["/aws/service/ecs/optimized-ami/amazon-linux-2/recommended/image_id", "1.51.0.."],
  ["/aws/service/ecs/optimized-ami/amazon-linux-2023/gpu/recommended", "1.51.0.."],
  ["resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2/recommended/image_id", "1.51.0.."],
  [
    "{{resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2/amzn2-ami-ecs-hvm-2.0.20181112-x86_64-ebs/image_id}}",
    "1.22.0..1.22.0",
  ],
  ["/aws/service/bottlerocket/aws-ecs-2/x86_64/latest/image_id", "1.37.0.."],
  ["/our/images/batch", "unknown: /our/images/batch"],
  ["custom-batch-*", "unknown: custom-batch-*"],
  ["amzn-ami-hvm-2018.03.0.20181129-x86_64-gp2", "unknown: amzn-ami-hvm-2018.03.0.20181129-x86_64-gp2"],
  ["ami-0123456789abcdef0", "unknown: ami-0123456789abcdef0"],
])("the agent in %s is %s", (name, expected) => {
  expect(agent(name)).toBe(expected);
});

test("an image that is looked up has the name that it is looked up by", () => {
  expect(agent(hole("ami", "narrow", { image: "amzn2-ami-ecs-hvm-2.0.20181112-x86_64-ebs" }))).toBe("1.22.0..1.22.0");
  const arn = "arn:aws:ssm:eu-west-1::parameter/aws/service/ecs/optimized-ami/amazon-linux-2/recommended";
  const parameter = hole("parameter", "wide", { arn });
  expect(agent(parameter)).toBe("1.51.0..");
  const computed = hole("computed", "wide", { origin: { kind: "computed", of: [parameter.slice(2, -1)] } });
  expect(agent(computed)).toBe("1.51.0..");
});
