/** What inputs that mean a lot are made with. */
import type { Files } from "./generate.ts";

export type Input = readonly [name: string, files: () => Files];

export const SECRET = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:s-AbCdEf";
export const { stringify } = JSON;

export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));
export const lines = (count: number, make: (index: number) => string): string => times(count, make).join("");
export const filesOf = (count: number, make: (index: number) => readonly [path: string, text: string]): Files =>
  new Map(times(count, make));
