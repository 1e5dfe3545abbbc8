/**
 * Kinds of credentials as their makers document them, made when the tests run: nothing here looks like a credential to
 * a scanner of sources. `name` is the variable that the maker's documentation gives it.
 */

const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LOWER = UPPER.toLowerCase();
const DIGITS = "0123456789";
const HEX = "0123456789abcdef";
const ALNUM = UPPER + LOWER + DIGITS;
const URL_SAFE = `${ALNUM}-_`;

export interface Kind {
  readonly what: string;
  readonly name: string;
  /** Null: the kind has no form by which it could be told, only its name. */
  readonly value: string | null;
}

/** Pseudo-random and the same each time. */
function randomizer(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Make = (of: (alphabet: string, length: number) => string) => string;

/** `|` breaks prefixes apart that scanners know. */
function joined(text: string): string {
  return text.replaceAll("|", "");
}

const UUID: Make = (of) => [8, 4, 4, 4, 12].map((length) => of(HEX, length)).join("-");
const frame = (kind: string, body: string) =>
  joined(`-----BE|GIN ${kind}PRI|VATE K|EY-----\n${body}\n-----E|ND ${kind}PRI|VATE K|EY-----`);

const TABLE: readonly (readonly [what: string, name: string, make: Make | null])[] = [
  ["AWS access key ID", "AWS_ACCESS_TOKEN", (of) => joined("AK|IA") + of(`${UPPER}234567`, 16)],
  ["AWS temporary key ID", "AWS_TEMP_TOKEN", (of) => joined("AS|IA") + of(`${UPPER}234567`, 16)],
  ["AWS session token", "AWS_SESSION_TOKEN", (of) => joined("IQoJb3|JpZ2luX2") + of(ALNUM, 200)],
  ["Amazon Bedrock key", "BEDROCK_API_KEY", (of) => joined("AB|SK") + of(ALNUM, 128)],
  ["GitHub personal token", "GITHUB_TOKEN", (of) => joined("gh|p_") + of(ALNUM, 36)],
  ["GitHub OAuth token", "GH_OAUTH_TOKEN", (of) => joined("gh|o_") + of(ALNUM, 36)],
  ["GitHub app token", "GH_APP_TOKEN", (of) => joined("gh|s_") + of(ALNUM, 36)],
  ["GitHub fine-grained token", "GH_TOKEN", (of) => `${joined("github|_pat_") + of(ALNUM, 22)}_${of(ALNUM, 59)}`],
  ["GitLab token", "GITLAB_TOKEN", (of) => joined("gl|pat-") + of(URL_SAFE, 20)],
  ["GitLab deploy token", "CI_DEPLOY_PASSWORD", (of) => joined("gl|dt-") + of(URL_SAFE, 20)],
  ["GitLab runner token", "RUNNER_TOKEN", (of) => joined("gl|rt-") + of(URL_SAFE, 20)],
  ["Bitbucket app password", "BITBUCKET_APP_PASSWORD", (of) => joined("AT|BB") + of(ALNUM, 32)],
  ["Atlassian API token", "JIRA_API_TOKEN", (of) => joined("AT|ATT3") + of(URL_SAFE, 186)],
  ["Slack bot token", "SLACK_BOT_TOKEN", (of) => joined(`xo|xb-${of(DIGITS, 12)}-${of(DIGITS, 12)}-${of(ALNUM, 24)}`)],
  ["Slack user token", "SLACK_TOKEN", (of) => joined(`xo|xp-${of(DIGITS, 12)}-${of(DIGITS, 12)}-${of(HEX, 32)}`)],
  ["Slack app token", "SLACK_APP_TOKEN", (of) => joined(`xa|pp-1-A${of(UPPER, 9)}-${of(DIGITS, 13)}-${of(HEX, 64)}`)],
  [
    "Slack webhook",
    "SLACK_WEBHOOK_TOKEN",
    (of) => joined(`https://hooks.sl|ack.com/services/T${of(UPPER, 8)}/B${of(UPPER, 8)}/${of(ALNUM, 24)}`),
  ],
  ["npm token", "NPM_TOKEN", (of) => joined("np|m_") + of(ALNUM, 36)],
  ["PyPI token", "TWINE_PASSWORD", (of) => joined("py|pi-AgEIcHlwaS5vcmc") + of(URL_SAFE, 70)],
  ["RubyGems key", "GEM_HOST_API_KEY", (of) => joined("ruby|gems_") + of(HEX, 48)],
  ["NuGet key", "NUGET_API_KEY", (of) => joined("oy|2") + of(LOWER + DIGITS, 43)],
  ["Docker Hub token", "DOCKER_PASSWORD", (of) => joined("dckr|_pat_") + of(URL_SAFE, 27)],
  ["JFrog key", "ARTIFACTORY_API_KEY", (of) => joined("AK|Cp") + of(ALNUM, 69)],
  ["Stripe key", "STRIPE_SECRET_KEY", (of) => joined("sk|_live_") + of(ALNUM, 24)],
  ["Stripe restricted key", "STRIPE_API_KEY", (of) => joined("rk|_live_") + of(ALNUM, 24)],
  ["Stripe webhook secret", "STRIPE_WEBHOOK_TOKEN", (of) => joined("wh|sec_") + of(ALNUM, 32)],
  ["Square token", "SQUARE_ACCESS_TOKEN", (of) => joined("sq0|atp-") + of(URL_SAFE, 22)],
  ["Shopify token", "SHOPIFY_ACCESS_TOKEN", (of) => joined("sh|pat_") + of(HEX, 32)],
  ["Braintree token", "BRAINTREE_TOKEN", (of) => joined(`access_|token$production$${of(HEX, 16)}$${of(HEX, 32)}`)],
  ["Plaid token", "PLAID_ACCESS_TOKEN", (of) => joined("acc|ess-production-") + UUID(of)],
  ["SendGrid key", "SENDGRID_API_KEY", (of) => joined(`S|G.${of(URL_SAFE, 22)}.${of(URL_SAFE, 43)}`)],
  ["Mailgun key", "MAILGUN_API_KEY", (of) => joined("ke|y-") + of(HEX, 32)],
  ["Mailchimp key", "MAILCHIMP_API_KEY", (of) => `${of(HEX, 32)}${joined("-u|s14")}`],
  ["Brevo key", "BREVO_API_KEY", (of) => joined(`xkey|sib-${of(HEX, 64)}-${of(ALNUM, 16)}`)],
  ["Twilio key", "TWILIO_API_KEY", (of) => joined("S|K") + of(HEX, 32)],
  ["OpenAI key", "OPENAI_API_KEY", (of) => joined("sk|-") + of(ALNUM, 48)],
  ["OpenAI project key", "OPENAI_PROJECT_API_KEY", (of) => joined("sk|-proj-") + of(URL_SAFE, 120)],
  ["Anthropic key", "ANTHROPIC_API_KEY", (of) => joined(`sk|-ant-api03-${of(URL_SAFE, 93)}AA`)],
  ["Groq key", "GROQ_API_KEY", (of) => joined("gs|k_") + of(ALNUM, 52)],
  ["Hugging Face token", "HF_TOKEN", (of) => joined("h|f_") + of(UPPER + LOWER, 34)],
  ["Replicate token", "REPLICATE_API_TOKEN", (of) => joined("r|8_") + of(ALNUM, 37)],
  ["Google API key", "GOOGLE_API_KEY", (of) => joined("AI|za") + of(URL_SAFE, 35)],
  ["Google access token", "GOOGLE_ACCESS_TOKEN", (of) => joined("ya|29.") + of(URL_SAFE, 120)],
  ["Google client secret", "GOOGLE_CLIENT_SECRET", (of) => joined("GOC|SPX-") + of(URL_SAFE, 28)],
  ["Entra client secret", "AZURE_CLIENT_SECRET", (of) => joined(`${of(ALNUM, 3)}8|Q~${of(ALNUM, 34)}`)],
  ["Azure account key", "AZURE_STORAGE_KEY", (of) => joined(`Account|Key=${of(ALNUM, 86)}==`)],
  ["DigitalOcean token", "DIGITALOCEAN_TOKEN", (of) => joined("do|p_v1_") + of(HEX, 64)],
  ["Heroku key", "HEROKU_API_KEY", (of) => joined("HR|KU-AA") + of(URL_SAFE, 58)],
  ["Netlify token", "NETLIFY_AUTH_TOKEN", (of) => joined("nf|p_") + of(ALNUM, 40)],
  ["Cloudflare origin CA key", "CF_ORIGIN_AUTH_KEY", (of) => joined(`v1|.0-${of(HEX, 24)}-${of(HEX, 146)}`)],
  ["Alibaba key ID", "ALIBABA_ACCESS_TOKEN", (of) => joined("LT|AI") + of(ALNUM, 20)],
  ["Supabase token", "SUPABASE_ACCESS_TOKEN", (of) => joined("sb|p_") + of(HEX, 40)],
  ["PlanetScale password", "PLANETSCALE_PASSWORD", (of) => joined("pscale|_pw_") + of(ALNUM, 43)],
  ["Databricks token", "DATABRICKS_TOKEN", (of) => joined("da|pi") + of(HEX, 32)],
  ["New Relic user key", "NEW_RELIC_API_KEY", (of) => joined("NR|AK-") + of(UPPER + DIGITS, 27)],
  ["New Relic license", "NEW_RELIC_LICENSE_KEY", (of) => `${of(HEX, 36)}${joined("NR|AL")}`],
  ["Grafana token", "GRAFANA_TOKEN", (of) => joined(`gl|sa_${of(ALNUM, 32)}_${of(HEX, 8)}`)],
  ["Sentry token", "SENTRY_AUTH_TOKEN", (of) => joined("sntr|yu_") + of(HEX, 64)],
  ["Dynatrace token", "DT_API_TOKEN", (of) => joined(`dt0|c01.${of(UPPER, 24)}.${of(UPPER, 64)}`)],
  ["LaunchDarkly key", "LAUNCHDARKLY_SERVICE_KEY", (of) => joined("sd|k-") + UUID(of)],
  ["SonarQube token", "SONAR_TOKEN", (of) => joined("sq|p_") + of(HEX, 40)],
  ["Doppler token", "DOPPLER_TOKEN", (of) => joined("d|p.pt.") + of(ALNUM, 43)],
  ["Vault token", "VAULT_TOKEN", (of) => joined("hv|s.") + of(URL_SAFE, 95)],
  ["HCP Terraform token", "TFE_TOKEN", (of) => joined(`${of(ALNUM, 14)}.atlas|v1.${of(URL_SAFE, 67)}`)],
  ["Pulumi token", "PULUMI_ACCESS_TOKEN", (of) => joined("pu|l-") + of(HEX, 40)],
  ["1Password token", "OP_SERVICE_ACCOUNT_TOKEN", (of) => joined("op|s_eyJ") + of(ALNUM, 300)],
  ["age key", "SOPS_AGE_PRIVATE_KEY", (of) => joined("AGE-SEC|RET-KEY-1") + of("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58)],
  ["Tailscale key", "TS_AUTH_KEY", (of) => joined(`ts|key-auth-${of(ALNUM, 12)}-${of(ALNUM, 32)}`)],
  ["Postman key", "POSTMAN_API_KEY", (of) => joined(`PM|AK-${of(HEX, 24)}-${of(HEX, 34)}`)],
  ["Notion token", "NOTION_TOKEN", (of) => joined(`nt|n_${of(DIGITS, 11)}${of(ALNUM, 35)}`)],
  ["Linear key", "LINEAR_API_KEY", (of) => joined("lin|_api_") + of(ALNUM, 40)],
  ["Figma token", "FIGMA_TOKEN", (of) => joined("fi|gd_") + of(URL_SAFE, 40)],
  ["Airtable token", "AIRTABLE_TOKEN", (of) => joined(`pa|t${of(ALNUM, 14)}.${of(HEX, 64)}`)],
  ["Telegram bot token", "TELEGRAM_BOT_TOKEN", (of) => joined(`${of("123456789", 9)}:A|A${of(URL_SAFE, 33)}`)],
  ["JSON Web Token", "JWT_TOKEN", (of) => joined(`ey|J${of(ALNUM, 33)}.ey|J${of(ALNUM, 60)}.${of(URL_SAFE, 43)}`)],
  ["RSA private key", "SSH_PRIVATE_KEY", (of) => frame("RSA ", `MII${of(ALNUM, 61)}`)],
  ["OpenSSH private key", "DEPLOY_PRIVATE_KEY", (of) => frame("OPENSSH ", `b3Bl${of(ALNUM, 60)}`)],
  ["URL with a password", "DATABASE_PASSWORD", (of) => `postgres://app:${of(ALNUM, 18)}@db.internal/app`],
  // Forms that others have as well: the name alone tells.
  ["Datadog key", "DD_API_KEY", null],
  ["Datadog application key", "DD_APP_KEY", null],
  ["Azure DevOps token", "AZURE_DEVOPS_EXT_PAT_TOKEN", null],
  ["Splunk token", "SPLUNK_TOKEN", null],
  ["Snowflake password", "SNOWFLAKE_PASSWORD", null],
  ["Okta token", "OKTA_API_TOKEN", null],
  ["PagerDuty token", "PAGERDUTY_TOKEN", null],
  ["Twilio auth token", "TWILIO_AUTH_TOKEN", null],
];

/** The kinds, each made anew for a place, so that what shows says where it was. */
export function kindsFor(place: number): Kind[] {
  return TABLE.map(([what, name, make], index) => {
    const random = randomizer(place * 1_000 + index + 1);
    const of = (alphabet: string, length: number) =>
      Array.from({ length }, () => alphabet.charAt(random(alphabet.length))).join("");
    return { what, name, value: make?.(of) ?? null };
  });
}

/** A value that nothing tells but its name or a mark. */
export function plainFor(place: number, index: number): string {
  return `w1nter${place}Sp0rt${index}q`;
}
