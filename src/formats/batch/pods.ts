/**
 * The containers of an EKS pod. They have no execution role and no reference to a secret of AWS: their environment is
 * name and value, and Kubernetes secrets are another thing.
 * https://docs.aws.amazon.com/batch/latest/APIReference/API_EksPodProperties.html
 */
import type { Container, Unseen } from "../../facts/located.ts";
import type { ObjectValue, Value } from "../../syntax/value.ts";
import { loose } from "../read.ts";
import { command, named } from "./containers.ts";
import { child, type Fields, type Node, nodes, spelled, text } from "./fields.ts";

/** The containers and init containers of `eksProperties`, in this order. */
export function readPods(fields: Fields, eks: Node, unseen: Unseen[]): readonly Container[] {
  const pod = child(fields, { ...eks, object: respelled(fields, eks.object) }, "podProperties", unseen);
  if (pod === undefined) return [];
  return ["containers", "initContainers"].flatMap((list) =>
    nodes(fields, pod, list, unseen).map((node) => readPodContainer(fields, node)),
  );
}

function readPodContainer(fields: Fields, node: Node): Container {
  const unseen: Unseen[] = [];
  const environment = named(fields, node, "env", unseen);
  return {
    path: node.path,
    kind: "eks",
    name: text(fields, node, "name"),
    image: text(fields, node, "image"),
    execution_role: null,
    job_role: null,
    role_holder: node.object.at,
    role_key: spelled(fields, "executionRoleArn"),
    secrets: [],
    environment,
    command: command(fields, node, ["command", "args"], unseen),
    log: null,
    registry_credentials: null,
    platform: "EKS",
    platform_version: null,
    operating_system: null,
    log_router: false,
    unseen: unseen.map((entry) => (entry.part === "env" ? { ...entry, part: "environment" } : entry)),
    at: node.object.at,
  };
}

/** Keys of Terraform's EKS blocks (snake_case) and the API's; a block may be an object or a list of one. */
const BLOCKS = ["podProperties", "containers", "initContainers", "env"] as const;

/**
 * Terraform writes `eks_properties` as nested blocks of its own schema. They are turned into the API's shape: keys in
 * camelCase, a block that holds one object and means a list made a list, and the single `pod_properties` taken out
 * of its list.
 */
function respelled(fields: Fields, object: ObjectValue): ObjectValue {
  if (fields.style !== "terraform") return object;
  const rest = object.entries.filter(({ key }) => !BLOCKS.some((block) => loose(object, block)?.key === key));
  const blocks = BLOCKS.flatMap((block) => {
    const found = loose(object, block);
    if (found === undefined) return [];
    return [{ ...found, key: block, value: respelledBlock(fields, block, found.value) }];
  });
  return { ...object, entries: [...rest, ...blocks] };
}

function respelledBlock(fields: Fields, block: (typeof BLOCKS)[number], value: Value): Value {
  const list = value.kind === "object" ? [value] : value.kind === "list" ? value.items : undefined;
  if (list === undefined) return value;
  const inner = list.map((item) => (item.kind === "object" ? respelled(fields, item) : item));
  const [only] = inner;
  if (block === "podProperties" && only !== undefined && inner.length === 1) return only;
  return { kind: "list", items: inner, at: value.at };
}
