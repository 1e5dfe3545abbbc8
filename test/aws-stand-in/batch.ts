/**
 * AWS Batch: moto refuses `ecsProperties`, does not return `nodeProperties`, and pages nothing. Job definitions are kept
 * here as they were registered, when they fit the model of the service; the rest is moto's, in pages.
 */
import { misfit, operationAt, type readModel } from "./models.ts";
import { type Answer, type AwsRequest, json, pageOf } from "./request.ts";

type Forward = (request: AwsRequest) => Promise<Answer>;
type Fields = Readonly<Record<string, unknown>>;

export interface BatchStore {
  readonly operationAt: (path: string) => string | undefined;
  readonly answer: (request: AwsRequest, forward: Forward, pageSize: number) => Promise<Answer>;
}

export function openBatch(model: ReturnType<typeof readModel>): BatchStore {
  const registered = new Map<string, Fields[]>();
  const register = ({ region }: AwsRequest, input: Fields): Answer => {
    const wrong = misfit(model, "RegisterJobDefinition", input);
    if (wrong !== undefined) return json(400, { message: wrong }, "ClientException");
    const all = registered.get(region) ?? [];
    registered.set(region, all);
    const { jobDefinitionName } = input;
    const revision = all.filter((one) => one["jobDefinitionName"] === jobDefinitionName).length + 1;
    const jobDefinitionArn = `arn:aws:batch:${region}:123456789012:job-definition/${jobDefinitionName}:${revision}`;
    all.push({ ...input, jobDefinitionArn, revision, status: "ACTIVE" });
    return json(200, { jobDefinitionName, jobDefinitionArn, revision });
  };
  return {
    operationAt: (path) => operationAt(model, path),
    answer: async (request, forward, pageSize) => {
      const input = JSON.parse(request.body || "{}") as Fields;
      const page = { ...input, maxResults: Math.min(Number(input["maxResults"] ?? pageSize), pageSize) };
      switch (request.operation) {
        case "RegisterJobDefinition":
          return register(request, input);
        case "DescribeJobDefinitions": {
          const all = registered.get(request.region) ?? [];
          return paged({ jobDefinitions: all }, "jobDefinitions", page);
        }
        case "DescribeJobQueues":
          return pagedAnswer(await forward(request), "jobQueues", page);
        case "DescribeComputeEnvironments":
          return pagedAnswer(await forward(request), "computeEnvironments", page);
        default:
          return forward(request);
      }
    },
  };
}

function pagedAnswer(answer: Answer, list: string, input: Fields): Answer {
  return answer.status === 200 ? paged(JSON.parse(answer.body) as Fields, list, input) : answer;
}

function paged(output: Fields, list: string, { maxResults, nextToken }: Fields): Answer {
  const { items, next } = pageOf((output[list] ?? []) as readonly unknown[], nextToken, Number(maxResults));
  return json(200, { ...output, [list]: items, ...(next && { nextToken: next }) });
}
