/** The functions of the template language by name. One that is missing here gives an unknown value. */
import type { Intrinsic } from "./call.ts";
import { choose, findInMap, transform, truth } from "./choices.ts";
import { importValue } from "./import-value.ts";
import { cidr, getAZs, length, select, split } from "./lists.ts";
import { getAtt, ref } from "./reference.ts";
import { base64, join, sub, toJsonString } from "./texts.ts";

export const INTRINSICS: ReadonlyMap<string, Intrinsic> = new Map([
  ["Ref", ref],
  ["Fn::And", truth],
  ["Fn::Base64", base64],
  ["Fn::Cidr", cidr],
  ["Fn::Equals", truth],
  ["Fn::FindInMap", findInMap],
  ["Fn::GetAZs", getAZs],
  ["Fn::GetAtt", getAtt],
  ["Fn::If", choose],
  ["Fn::ImportValue", importValue],
  ["Fn::Join", join],
  ["Fn::Length", length],
  ["Fn::Not", truth],
  ["Fn::Or", truth],
  ["Fn::Select", select],
  ["Fn::Split", split],
  ["Fn::Sub", sub],
  ["Fn::ToJsonString", toJsonString],
  ["Fn::Transform", transform],
]);
