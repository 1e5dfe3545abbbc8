/**
 * A stand-in of AWS on the loopback: moto, with what it lacks or does otherwise put right, by botocore's models and by
 * what AWS documents. It lets calls be denied, throttled and expired, which moto never does.
 */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type BatchStore, openBatch } from "./batch.ts";
import { corrected } from "./corrections.ts";
import { operationAt, readModel } from "./models.ts";
import { startMoto } from "./moto.ts";
import { type Fault, faultOf, refusalOf } from "./refusals.ts";
import { type Answer, type AwsRequest, requestOf } from "./request.ts";
import { openSecrets } from "./secrets.ts";

export interface StandIn extends AsyncDisposable {
  /** What the SDK and the AWS CLI have in `AWS_ENDPOINT_URL`. */
  readonly url: string;
  /** The calls that came, as `service:Operation Region`, in their order. */
  readonly calls: string[];
  /** What goes wrong from now on. */
  fault: Fault;
  /** How many items a page of an answer has at most. */
  pageSize: number;
}

/** The account of credentials that moto did not make. */
export const ACCOUNT = "123456789012";

/** Starts moto and the proxy in front of it. */
export async function startAws(): Promise<StandIn> {
  const moto = await startMoto();
  const batch: BatchStore = openBatch(readModel(moto.packages, "batch"));
  const zones = readModel(moto.packages, "route53");
  const forward = async (request: AwsRequest): Promise<Answer> => {
    const { method, path, headers, body } = request;
    const { host: _, connection: __, "content-length": ___, "transfer-encoding": ____, ...kept } = headers;
    const response = await fetch(`${moto.url}${path}`, {
      method,
      headers: kept,
      ...(method === "GET" ? {} : { body }),
    });
    return {
      status: response.status,
      type: response.headers.get("content-type") ?? "",
      body: await response.text(),
    };
  };
  const secrets = openSecrets(forward);
  const standIn: Omit<StandIn, "url" | typeof Symbol.asyncDispose> = { calls: [], fault: {}, pageSize: 100 };
  const answer = async (request: AwsRequest): Promise<Answer> => {
    const { service, operation, region } = request;
    standIn.calls.push(`${service}:${operation} ${region}`);
    const refused = faultOf(standIn.fault, request, standIn.calls);
    if (refused) return refusalOf(request, refused);
    if (service === "batch") return batch.answer(request, forward, standIn.pageSize);
    if (service === "secretsmanager") return corrected(request, await secrets.answer(request), standIn.pageSize);
    return corrected(request, await forward(request), standIn.pageSize);
  };
  const server = createServer((incoming, response) => {
    read(incoming)
      .then((body) => answer(requestOf(incoming, body, (path) => batch.operationAt(path) ?? operationAt(zones, path))))
      .then(({ status, type, body, error }) => {
        response.writeHead(status, { "content-type": type, ...(error && { "x-amzn-errortype": error }) }).end(body);
      })
      .catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return Object.assign(standIn, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      moto.stop();
    },
  });
}

async function read(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
