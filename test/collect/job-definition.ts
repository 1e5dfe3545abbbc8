/** A job of the estate as its input of RegisterJobDefinition. */
import type { Job } from "./estate.ts";

const IMAGE = "public.ecr.aws/amazonlinux/amazonlinux:2023";
const RESOURCES = [
  { type: "VCPU", value: "1" },
  { type: "MEMORY", value: "2048" },
];

interface Definition {
  readonly jobDefinitionName: string;
  readonly type: "container" | "multinode";
  readonly platformCapabilities: readonly string[];
  readonly containerProperties?: object;
  readonly ecsProperties?: object;
  readonly nodeProperties?: object;
}

export function definition({ name, role, secrets, environment = [], at = "container", log }: Job): Definition {
  const known = { jobDefinitionName: name, type: "container", platformCapabilities: ["FARGATE"] } as const;
  const container = { image: IMAGE, resourceRequirements: RESOURCES, secrets, environment };
  const executionRoleArn = `{role.${role}}`;
  const network = { networkConfiguration: { assignPublicIp: "ENABLED" } };
  if (log !== undefined) {
    const containerProperties = { ...container, executionRoleArn, logConfiguration: { logDriver: log } };
    return { ...known, platformCapabilities: ["EC2"], containerProperties };
  }
  switch (at) {
    case "container":
      return { ...known, containerProperties: { ...container, ...network, executionRoleArn } };
    case "ecs": {
      const task = { containers: [{ ...container, name: "main", essential: true }], executionRoleArn, ...network };
      return { ...known, ecsProperties: { taskProperties: [task] } };
    }
    case "node": {
      const nodeRangeProperties = [{ targetNodes: "0:1", container: { ...container, executionRoleArn } }];
      const nodeProperties = { mainNode: 0, numNodes: 2, nodeRangeProperties };
      return { ...known, type: "multinode", platformCapabilities: ["EC2"], nodeProperties };
    }
  }
}
