/** IP network functions. */
import { Complaint } from "../evaluate/complaint.ts";
import type { Call, FunctionSpec } from "../evaluate/function-spec.ts";
import { listOf, STRING } from "../evaluate/types.ts";
import { type TerraformValue, textOf } from "../evaluate/values.ts";
import { integerAt, listOfType, number, text, textAt } from "./arguments.ts";
import { made } from "./string.ts";

interface Network {
  /** The first address. */
  readonly address: bigint;
  readonly prefix: number;
  /** Bits of an address: 32 or 128. */
  readonly bits: number;
}

/** Decimal parts with leading zeros are read as decimal, as Terraform does for old configurations. */
function parseAddress(source: string): { readonly address: bigint; readonly bits: number } | undefined {
  const dotted = (part: string): bigint | undefined => {
    const numbers = part.split(".");
    if (numbers.length !== 4 || !numbers.every((byte) => /^\d{1,3}$/.test(byte) && Number(byte) < 256))
      return undefined;
    return numbers.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  };
  if (!source.includes(":")) {
    const address = dotted(source);
    return address === undefined ? undefined : { address, bits: 32 };
  }
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(source);
  const last = tail === null ? undefined : dotted(tail[2] ?? "");
  if (tail !== null && last === undefined) return undefined;
  const text =
    tail === null || last === undefined
      ? source
      : `${tail[1]}${(last >> 16n).toString(16)}:${(last & 0xffffn).toString(16)}`;
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const groups = halves.map((half) => (half === "" ? [] : half.split(":")));
  const count = groups.reduce((sum, half) => sum + half.length, 0);
  if (halves.length === 2 ? count > 7 : count !== 8) return undefined;
  const [head = [], end = []] = groups;
  const all = [...head, ...new Array<string>(halves.length === 2 ? 8 - count : 0).fill("0"), ...end];
  if (!all.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return { address: all.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n), bits: 128 };
}

/** @throws Complaint */
function parseNetwork(source: string): Network {
  const [address = "", length = "", more] = source.split("/");
  const parsed = parseAddress(address);
  if (parsed === undefined || more !== undefined || !/^\d{1,3}$/.test(length) || Number(length) > parsed.bits) {
    throw new Complaint("argument");
  }
  const prefix = Number(length);
  const host = BigInt(parsed.bits - prefix);
  return { address: (parsed.address >> host) << host, prefix, bits: parsed.bits };
}

/** Addresses as Go writes them: the longest run of zero groups as `::`, and IPv4 in IPv6 as IPv4. */
function addressText(address: bigint, bits: number): string {
  if (bits === 32 || address >> 32n === 0xffffn) {
    return [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 255n)).join(".");
  }
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((address >> BigInt(112 - index * 16)) & 0xffffn).toString(16),
  );
  let [best, length] = [-1, 1];
  for (let start = 0; start < 8; start++) {
    let end = start;
    while (groups[end] === "0") end++;
    if (end - start > length) [best, length] = [start, end - start];
  }
  if (best < 0) return groups.join(":");
  return `${groups.slice(0, best).join(":")}::${groups.slice(best + length).join(":")}`;
}

function networkText({ address, prefix, bits }: Network): string {
  return `${addressText(address, bits)}/${prefix}`;
}

function cidrhost(values: readonly TerraformValue[], call: Call): TerraformValue {
  const given = BigInt(integerAt(values, 1));
  const { address, prefix, bits } = parseNetwork(textAt(values, 0).value);
  const size = 1n << BigInt(bits - prefix);
  const host = given < 0n ? size + given : given;
  if (host >= size || host < 0n) throw new Complaint("range");
  return made(addressText(address + host, bits), call);
}

function cidrnetmask(values: readonly TerraformValue[], call: Call): TerraformValue {
  const source = textAt(values, 0).value;
  const { prefix, bits } = parseNetwork(source);
  if (bits !== 32) throw new Complaint("argument");
  const host = BigInt(bits - prefix);
  return made(addressText(((1n << BigInt(prefix)) - 1n) << host, bits), call);
}

function cidrsubnet(values: readonly TerraformValue[], call: Call): TerraformValue {
  const newBits = integerAt(values, 1);
  const subnet = BigInt(integerAt(values, 2));
  const { address, prefix, bits } = parseNetwork(textAt(values, 0).value);
  const length = prefix + newBits;
  if (length > bits) throw new Complaint("range");
  const count = 1n << BigInt(Math.max(newBits, 0));
  if (subnet >= count) throw new Complaint("range");
  // A negative number is no error in Terraform: its bits are put in as they are.
  const combined = address | (subnet << BigInt(bits - length));
  return made(networkText({ address: combined < 0n ? -combined : combined, prefix: length, bits }), call);
}

function cidrsubnets(values: readonly TerraformValue[], call: Call): TerraformValue {
  const { address, prefix, bits } = parseNetwork(textAt(values, 0).value);
  const end = address + (1n << BigInt(bits - prefix));
  const items: TerraformValue[] = [];
  let next = address;
  for (let index = 1; index < values.length; index++) {
    const newBits = integerAt(values, index);
    const length = prefix + newBits;
    if (newBits < 1 || newBits > 32 || length > bits) throw new Complaint("range");
    const size = 1n << BigInt(bits - length);
    const start = ((next + size - 1n) / size) * size;
    if (start + size > end) throw new Complaint("range");
    next = start + size;
    items.push(textOf(networkText({ address: start, prefix: length, bits }), call.at));
  }
  return listOfType(items, STRING, call.at);
}

export const networkFunctions: Readonly<Record<string, FunctionSpec>> = {
  cidrhost: { parameters: [text, number], returns: STRING, run: cidrhost },
  cidrnetmask: { parameters: [text], returns: STRING, run: cidrnetmask },
  cidrsubnet: { parameters: [text, number, number], returns: STRING, run: cidrsubnet },
  cidrsubnets: { parameters: [text], rest: number, returns: listOf(STRING), run: cidrsubnets },
};
