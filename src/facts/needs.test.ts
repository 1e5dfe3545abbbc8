import { expect, test } from "vitest";
import { at, container, job, reference, text, unit } from "../../test/support/units.ts";
import { link } from "./link.ts";
import { has } from "./needs.ts";

const VPC = text("⟨Vpc@a⟩");
const DB = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db";
const declared = (address: string) => ({ id: `a#${address}`, address, unit: "a", at, unseen: [] });

/** Whether a network lacks an endpoint, which has one for each of these services, and where these values are read. */
async function lacksEndpoint(services: readonly string[], ...values: string[]): Promise<boolean> {
  const vpc = { ...declared("Vpc"), vpc: VPC, cidr: null, declared: true, dns_support: true, dns_hostnames: true };
  const endpoints = services.map((service) => ({
    ...declared(service),
    vpc: VPC,
    service: text(service),
    type: "Interface",
    private_dns: true,
    security_groups: [],
    subnets: [],
    statements: null,
  }));
  const secrets = values.map((value, index) => reference(`${index}`, value));
  const jobs = { job_definitions: [job("a", "Job", container({ secrets }))] };
  const world = await link([unit("a", { ...jobs, networks: [vpc], endpoints })]);
  const [network] = world.networks.networks.values();
  if (!network) throw new Error("no network");
  return has(network, "missing-endpoint", world);
}

test("a network lacks an endpoint where a service is read from that none of its endpoints is for", async () => {
  const [manager, parameters] = ["com.amazonaws.eu-west-1.secretsmanager", "com.amazonaws.eu-west-1.ssm"];
  expect(await lacksEndpoint([manager], DB)).toBe(false);
  expect(await lacksEndpoint([`${manager}-fips`], DB)).toBe(false);
  expect(await lacksEndpoint([parameters], DB)).toBe(true);
  expect(await lacksEndpoint([manager], DB, "parameter")).toBe(true);
  expect(await lacksEndpoint([manager, parameters], DB, "parameter")).toBe(false);
  expect(await lacksEndpoint([], DB)).toBe(true);
  expect(await lacksEndpoint(["⟨*service⟩"], DB)).toBe(true);
  expect(await lacksEndpoint([])).toBe(false);
});
