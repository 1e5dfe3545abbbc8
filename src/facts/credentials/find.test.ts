import { expect, test } from "vitest";
import { credentialNamed, credentialsIn } from "./find.ts";

/** What is found, as `form name value`. */
function found(value: string): string[] {
  return credentialsIn(value).map(({ form, name, start, end }) => `${form} ${name} ${value.slice(start, end)}`);
}

test("a registry login is found by its password, whichever way it is given", () => {
  const scripts = {
    "docker login -u me -p hunter-2 reg.io": "hunter-2",
    "docker login --username me --password=hunter-2": "hunter-2",
    "docker login -p 'hunter-2' -u me": "hunter-2",
    "echo hunter-2 | docker login -u me --password-stdin": "hunter-2",
    'echo ECS_ENGINE_AUTH_DATA={"https://r.io":{"username":"u","password":"hunter-2","email":"e"}} >> x': "hunter-2",
    'ECS_ENGINE_AUTH_DATA={\\"r.io\\":{\\"auth\\":\\"aHVudGVyMg==\\"}}': "aHVudGVyMg==",
    '{"auths":{"r.io":{\n"auth": "aHVudGVyMg=="}}}': "aHVudGVyMg==",
    "docker login -u me --password-stdin <<< hunter-2": "hunter-2",
    "docker login -u me --password-stdin r.io <<'EOF'\nhunter-2\nEOF": "hunter-2",
    "P=hunter-2\ndocker login -u me -p $P": "hunter-2",
    "export DOCKER_PASSWORD='hunter-2'\ndocker login -u me --password ${DOCKER_PASSWORD}": "hunter-2",
  };
  expect(Object.keys(scripts).map(found)).toEqual(Object.values(scripts).map((value) => [`login  ${value}`]));
});

test("a login that takes its password from somewhere else is none", () => {
  const scripts = [
    "aws ecr get-login-password | docker login --username AWS --password-stdin r.io",
    "docker login -u me -p $(aws secretsmanager get-secret-value --secret-id x)",
    "docker login -u me -p $DOCKER_PASSWORD",
    "docker login -u me --password-stdin < /run/password",
    'docker login -u me --password-stdin <<< "$DOCKER_PASSWORD"',
    '{"auths":{"r.io":{"auth":"${auth}"}}}',
    'ECS_ENGINE_AUTH_DATA={"r.io":{"auth":"${auth}"}}',
    "ECS_ENGINE_AUTH_TYPE=dockercfg",
  ];
  expect(scripts.flatMap(found)).toEqual([]);
});

test("other logins are found, and are not sure", () => {
  const scripts = {
    "curl -u me:hunter-2 https://api.internal": "hunter-2",
    'curl --user "me:hunter-2" https://api.internal': "hunter-2",
    'curl --user "me":"hunter-2" https://api.internal': "hunter-2",
    "aws configure set aws_secret_access_key hunter-2 --profile x": "hunter-2",
    "aws configure set profile.x.aws_session_token 'hunter-2'": "hunter-2",
    "sshpass -p hunter-2 ssh me@host": "hunter-2",
    "mysql -h db -u me -phunter-2 app": "hunter-2",
    "echo 'machine github.com login me password hunter-2' > ~/.netrc": "hunter-2",
    "machine api.internal\n  login me\n  password hunter-2\n": "hunter-2",
    "echo 'db.internal:5432:app:me:hunter-2' > ~/.pgpass": "hunter-2",
    "*:*:*:me:hunter-2 > .pgpass": "hunter-2",
    'curl -H "Authorization: Bearer abcDEF123456789" https://api.internal': "abcDEF123456789",
  };
  expect(Object.keys(scripts).map(found)).toEqual(Object.values(scripts).map((value) => [`login  ${value}`]));
  expect(
    Object.keys(scripts)
      .flatMap(credentialsIn)
      .filter(({ sure }) => sure),
  ).toEqual([]);
  const others = [
    "curl -u $USER:$PASSWORD https://api.internal",
    "sshpass -p $PW ssh me@host",
    "sshpass -f /run/password ssh",
    "mysql -h db -u me -p app",
    "mysql -h db -P 3306 -p$PW",
    'echo "machine github.com login me password $TOKEN" > ~/.netrc',
    "each machine has a login and a password policy",
    'curl -H "Authorization: Bearer $TOKEN" https://api.internal',
    'echo "db:5432:app:me:$PGPASSWORD" > ~/.pgpass',
    "PGPASSFILE=/run/pgpass psql -h db:5432",
    "mysql arn:aws:logs:*:*:log-group:/aws/batch/job",
    "# hostname:port:database:username:password of .pgpass",
  ];
  expect(others.flatMap(found)).toEqual([]);
});

test("a login is found with its password in quotes, also escaped as in a string of JSON", () => {
  const commands = [
    "curl -u me:QhunterQ https://api.internal",
    "sshpass -p QhunterQ ssh me@host",
    "mysql -pQhunterQ -h db",
    "redis-cli -h r -a QhunterQ ping",
    "docker login -u me -p QhunterQ reg.io",
    "echo QhunterQ | docker login -u me --password-stdin",
    "mongosh -u me -p QhunterQ",
    "ldapsearch -D cn=me -w QhunterQ",
    "htpasswd -b file me QhunterQ",
  ];
  for (const quote of ["", "'", '"', '\\"']) {
    expect(commands.map((one) => found(one.replaceAll("Q", quote)))).toEqual(commands.map(() => ["login  hunter"]));
  }
  expect(found("openssl enc -aes-256-cbc -pass pass:hunter")).toEqual(["login  hunter"]);
  expect(found("echo 'root:hunter' | sudo chpasswd")).toEqual(["login  hunter"]);
  expect(found("mongosh -u me -p $PW; ldapsearch -D cn=me -W; openssl enc -pass env:PW")).toEqual([]);
});

test("a key that may be a name has to look like a key", () => {
  expect(credentialNamed("STORAGE_KEY", "uploads")).toBeUndefined();
  expect(credentialNamed("STORAGE_KEY", "Zm9vYmFyOTg3")).toBeDefined();
  expect(credentialNamed("API_KEY", "uploads")).toBeDefined();
  expect(credentialNamed("SECRET", "prod-db")).toBeUndefined();
  expect(credentialNamed("SECRET", "hunter-2")).toBeDefined();
  expect(credentialNamed("CLIENT_SECRET", "hunter")).toBeDefined();
});

test("a URL with a password is found, one with a placeholder is not", () => {
  expect(found("postgres://me:hunter-2@db:5432/x")).toEqual(["url  hunter-2"]);
  expect(credentialsIn("postgres://postgres:postgres@db/x").map(({ sure }) => sure)).toEqual([false]);
  expect(credentialsIn("postgres://me:password@db/x").map(({ sure }) => sure)).toEqual([false]);
  const others = ["$PW", "${PW}", "%PW%", "<pw>", "{{pw}}", "changeme", "xxxxx", "***", "REPLACE_ME", "⟨*12⟩"];
  expect(others.flatMap((password) => found(`postgres://me:${password}@db/x`))).toEqual([]);
  expect(found("https://host:8080/path@1 arn:aws:s3:::x")).toEqual([]);
});

test("a value is found by the name that a script, JSON or a connection string gives to it", () => {
  const texts = {
    "export DB_PASSWORD=hunter-2; run": "DB_PASSWORD hunter-2",
    "DB_PASSWORD='hunter-2' run": "DB_PASSWORD hunter-2",
    "run --api-token hunter-2 --x": "api-token hunter-2",
    "run --api-token=hunter-2": "api-token hunter-2",
    '{"user":"u","password":"hunter-2"}': "password hunter-2",
    '{\\"password\\": \\"hunter-2\\"}': "password hunter-2",
    "Server=db;User=u;Password=hunter-2;": "Password hunter-2",
    "client_secret: hunter-2": "client_secret hunter-2",
  };
  expect(Object.keys(texts).map(found)).toEqual(Object.values(texts).map((value) => [`name ${value}`]));
});

test("names, references, switches and comments are no credentials", () => {
  const texts = [
    "run --repo_password Ref::repo_password",
    'TOKEN=$(curl -X PUT "http://169.254.169.254/latest/api/token" -H "X-aws-ec2-metadata-token-ttl-seconds: 21600")',
    'curl -H "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/',
    "export DB_PASSWORD=${db_password}",
    "DB_PASSWORD=`cat /run/password`",
    "# DB_PASSWORD=hunter-2",
    "run --password-file /run/x --token $TOKEN",
    "DB_SECRET_ARN=arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf",
    "sort_key: created_at, max_tokens: 4096",
    "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf:password::",
  ];
  expect(texts.flatMap(found)).toEqual([]);
});

test("a value under the name of a credential is one, unless it refers to one or waits for one", () => {
  const credentials = ["hunter2", "correct horse battery", "S3cr3t!", "a/B+c9", "12345678", "p@ss/word"];
  expect(credentials.filter((value) => credentialNamed("DB_PASSWORD", value))).toEqual(credentials);
  const others = [
    "",
    "x",
    "true",
    "None",
    "8080",
    "30s",
    "1.2.3",
    "arn:aws:s3:::x",
    "/prod/db/password",
    "prod/db/password",
    "./secret.txt",
    "s3://bucket/key",
    "https://vault.internal/v1",
    "$DB_PASSWORD",
    "${DB_PASSWORD}",
    "{{resolve:ssm:x}}",
    "<password>",
    "%DB_PASSWORD%",
    "__PASSWORD__",
    "DB_PASSWORD",
    "REPLACE_ME",
    "changeme",
    "your-password-here",
    "TODO",
    "dummy",
    "example",
    "xxxxxxxx",
    "********",
    "report-db-password",
    "my-secret",
    "production",
    "⟨*12⟩",
  ];
  expect(others.filter((value) => credentialNamed("DB_PASSWORD", value))).toEqual([]);
  expect(credentialNamed("DB_HOST", "hunter2")).toBeUndefined();
});

test("a secret access key is certain by name and form together", () => {
  const key = ["wJ4lrXUtnF3MI", "K7MD6NG", "bPxRf1CYEX4mPL3k3Y"].join("/");
  expect(credentialNamed("AWS_SECRET_ACCESS_KEY", key)).toMatchObject({ form: "token", sure: true });
  expect(credentialNamed("AWS_SECRET_ACCESS_KEY", "hunter-2")).toMatchObject({ form: "name", sure: false });
  const inScripts = [`export AWS_SECRET_ACCESS_KEY=${key}`, `AWS_SECRET_ACCESS_KEY='${key}' aws s3 ls`];
  for (const script of inScripts) {
    expect(credentialsIn(script)).toMatchObject([{ form: "token", name: "AWS_SECRET_ACCESS_KEY", sure: true }]);
  }
});

test("a private key is found by its body, an empty frame is none", () => {
  const frame = (body: string) => `-----BEGIN ${"RSA PRIVATE"} KEY-----\n${body}\n-----END RSA PRIVATE KEY-----`;
  expect(credentialsIn(frame("MIIEpAIBAAKCAQEA1c7v".repeat(4))).map(({ form }) => form)).toEqual(["private_key"]);
  expect(found(frame("..."))).toEqual([]);
  expect(found(frame("${key}"))).toEqual([]);
});

test("ordinary words that begin like a token are none", () => {
  const words = [
    "sk-batch-processing-job-definition-for-reports",
    "hf_home_directory_of_the_models_for_everybody".slice(0, 20),
    "api-gateway-service-for-reports-and-exports",
    "task-key-of-the-job-definition",
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "git.commit.sha:55e7e7703f17c41f276caf8f1a1b744d674259f8",
    `AKI${"A"}IOSFODNN7EXAMPLE`,
    `gh${"p_"}xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx`,
  ];
  expect(words.flatMap(found)).toEqual([]);
});
