/**
 * Remote state: which root module of the run it is whose outputs a data source reads, by the backend that keeps its
 * state. https://developer.hashicorp.com/terraform/language/state/remote-state-data
 */

import { isLiteral } from "../../../facts/text.ts";
import type { Place } from "../../../source.ts";
import { get, type ObjectValue, type Value } from "../../../syntax/value.ts";
import { toText } from "../../read.ts";
import type { Instance } from "../instance.ts";
import type { Setting } from "../language/evaluate/context.ts";
import type { TerraformObject } from "../language/evaluate/values.ts";
import { causeOfResource, unreadOf } from "../unknowns.ts";
import { evaluateBody } from "./body.ts";
import type { ModuleSource } from "./source.ts";
import { joined } from "./source-argument.ts";

/** The outputs of the root module that keeps its state in a place; undefined for none of the run, or several. */
export type States = (state: string) => { readonly outputs: ObjectValue } | undefined;

/**
 * What tells the states of a backend apart, by its type. With workspaces a configuration has several states, which
 * have the same outputs, as far as files show.
 * https://developer.hashicorp.com/terraform/language/backend
 */
const IDENTITY: Readonly<Record<string, readonly (readonly string[])[]>> = {
  s3: [["bucket"], ["key"]],
  gcs: [["bucket"], ["prefix"]],
  azurerm: [["storage_account_name"], ["container_name"], ["key"]],
  local: [["path"]],
  remote: [["organization"], ["workspaces", "name"]],
  http: [["address"]],
  consul: [["path"]],
};

/** The name of the state in a file when nothing says another. */
const FILE = "terraform.tfstate";

/** Where a root module keeps its state; undefined when its files don't tell all of it. */
export function stateOf({ path, backend }: ModuleSource, setting: Setting): string | undefined {
  if (!backend) return `local\n${joined(path, FILE)}`;
  const type = backend.type === "cloud" ? "remote" : (backend.labels[0]?.name ?? "");
  return stateIn(type, evaluateBody(backend.body, setting), path);
}

/** The instance of a data source with the outputs that it reads. */
export function withRemoteState(instance: Instance, states: States | undefined, root: string): Instance {
  if (!states || instance.type !== "terraform_remote_state" || instance.mode !== "data") return instance;
  const config = get(instance.value, "config");
  const type = toText(get(instance.value, "backend"))?.value ?? "";
  const state = config?.kind === "object" ? stateIn(type, config, root) : undefined;
  const found = state === undefined ? undefined : states(state);
  if (!found) return instance;
  const { value, at } = instance;
  const outputs = { key: "outputs", keyAt: at, value: read(found.outputs, instance, at) };
  return { ...instance, value: { ...value, entries: [...value.entries, outputs] } };
}

/** Outputs as another root module reads them: the state that it finds may have others. */
function read({ entries }: ObjectValue, instance: Instance, at: Place): TerraformObject {
  const unread = unreadOf(instance);
  return {
    kind: "object",
    entries,
    at,
    open: causeOfResource(instance),
    unread: (name, where, index) => unread(`outputs.${name}`, where, index),
  };
}

/** What tells a state of a backend of that type from all others; undefined when the configuration doesn't tell. */
export function stateIn(type: string, config: ObjectValue, folder: string): string | undefined {
  const names = Object.hasOwn(IDENTITY, type) ? IDENTITY[type] : undefined;
  const texts = names?.map((path) => textAt(config, path));
  const known = texts?.flatMap((text) => (text !== undefined && isLiteral(text) ? [text] : []));
  if (!known || known.length !== names?.length) return undefined;
  return [type, ...(type === "local" ? known.map((path) => joined(folder, path)) : known)].join("\n");

  function textAt(value: Value, path: readonly string[]): string | undefined {
    const found = path.reduce<Value | undefined>((within, name) => {
      const inner = within && get(within, name);
      return inner?.kind === "list" ? inner.items[0] : inner;
    }, value);
    return toText(found)?.value ?? (type === "local" ? FILE : undefined);
  }
}
