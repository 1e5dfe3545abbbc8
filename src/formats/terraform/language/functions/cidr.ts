/**
 * Blocks of IPv4 addresses in smaller ones. IPv6, and what Terraform refuses, is unknown.
 * https://developer.hashicorp.com/terraform/language/functions/cidrsubnet
 */
import { integerOf } from "../evaluate/arithmetic.ts";
import { derived } from "../evaluate/derive.ts";
import type { FunctionSpec } from "../evaluate/function-spec.ts";
import { listOf, NUMBER, STRING } from "../evaluate/types.ts";
import { numberOf, type TerraformValue } from "../evaluate/values.ts";
import { integerAt, listOfType, number, parameter, text, textAt } from "./arguments.ts";
import { made } from "./string.ts";

/** Addresses as numbers, since operators of bits have signs. */
interface Block {
  readonly first: number;
  readonly length: number;
}

const BITS = 32;
const OCTET = "(0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])";
const BLOCK = new RegExp(`^${OCTET}\\.${OCTET}\\.${OCTET}\\.${OCTET}/(\\d|[12]\\d|3[0-2])$`);

const size = (length: number): number => 2 ** (BITS - length);

function blockOf(text: string): Block | undefined {
  const [, ...parts] = BLOCK.exec(text) ?? [];
  const [a = 0, b = 0, c = 0, d = 0, length = 0] = parts.map(Number);
  if (parts.length === 0) return undefined;
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  return { first: address - (address % size(length)), length };
}

function written({ first, length }: Block): string {
  const octets = [256 ** 3, 256 ** 2, 256, 1].map((unit) => Math.floor(first / unit) % 256);
  return `${octets.join(".")}/${length}`;
}

/** The block of that number among those that are longer by so many bits; undefined when there is none. */
function subnet(outer: Block | undefined, bits: number, number: number): Block | undefined {
  if (!outer || bits < 0 || outer.length + bits > BITS || number < 0 || number >= 2 ** bits) return undefined;
  const length = outer.length + bits;
  return { first: outer.first + number * size(length), length };
}

const cidrsubnet: FunctionSpec = {
  parameters: [text, number, number],
  returns: STRING,
  run: (values, call) => {
    const block = subnet(blockOf(textAt(values, 0).value), integerAt(values, 1), integerAt(values, 2));
    return block ? made(written(block), call) : derived("cidrsubnet", values, call.at, STRING);
  },
};

/**
 * One block behind the other, each as soon as it can begin. There is one for each argument behind the first, whatever is
 * known of them: behind a block that is not known none is.
 */
const cidrsubnets: FunctionSpec = {
  parameters: [parameter(STRING, { known: "nothing" })],
  rest: parameter(NUMBER, { known: "nothing" }),
  returns: listOf(STRING),
  run: ([prefix, ...bits], call) => {
    const outer = prefix?.kind === "text" ? blockOf(prefix.value) : undefined;
    let next = outer?.first ?? Number.NaN;
    const items = bits.map((one, index): TerraformValue => {
      const length = outer && one.kind === "number" ? outer.length + (integerOf(one) ?? Number.NaN) : Number.NaN;
      const first = Math.ceil(next / size(length)) * size(length);
      next = first + size(length);
      const fits = outer && length > outer.length && length <= BITS && next <= outer.first + size(outer.length);
      if (fits) return made(written({ first, length }), call);
      next = Number.NaN;
      const of = [...(prefix ? [prefix] : []), ...bits, numberOf(index, call.at)];
      return derived("cidrsubnets", of, call.at, STRING);
    });
    return listOfType(items, STRING, call.at);
  },
};

export const cidrFunctions: Readonly<Record<string, FunctionSpec>> = { cidrsubnet, cidrsubnets };
