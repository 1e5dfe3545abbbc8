/**
 * The formats of credentials that their makers document, by which one is recognised wherever it is. One table for what
 * rules report and what reports mask.
 *
 * Each row has the page of its maker (where that gives no lengths, they are those that the rules of secretlint and
 * gitleaks use, both MIT). Repetitions are bounded to keep matching linear. @secretlint knows 27 of these kinds, needs
 * Node 22, and takes 50 to 70 ms to load, twice the start of the command.
 */

/** How sure a match is: `loose` if ordinary words may look like it, `shared` for what may be known to others. */
type Doubt = "loose" | "shared";

export type Format = readonly [what: string, pattern: string, doubt?: Doubt];

export const FORMATS: readonly Format[] = [
  // `-----BEGIN … PRIVATE KEY` in base64: https://www.rfc-editor.org/rfc/rfc7468
  [
    "a private key in base64",
    "LS0tLS1CRUdJTi(?:BQUklWQVRF|BSU0EgUFJJ|BFQyBQUklW|BPUEVOU1NI|BFTkNSWVBU|BEU0EgUFJJ)[A-Za-z0-9+/]{40,8192}={0,2}",
  ],
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
  ["an AWS access key ID", "(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Z0-9])", "shared"],
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_Credentials.html
  ["an AWS session token", "(?:IQoJb3JpZ2luX2|FwoGZXIvYXdz)[A-Za-z0-9+/]{40,4096}={0,2}"],
  // https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html
  ["an Amazon Bedrock API key", "ABSK[A-Za-z0-9+/]{100,300}={0,2}|bedrock-api-key-[A-Za-z0-9+/]{40,4096}={0,2}"],
  // https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github
  ["a GitHub token", "gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{20,255}"],
  // https://docs.gitlab.com/security/tokens/#token-prefixes
  ["a GitLab token", "gl(?:pat|dt|rt|rtr|ptt|cbt|agent|oas|ft|imt|soat|ffct)-[\\w.-]{20,255}|GR1348941[\\w-]{20,64}"],
  // https://support.atlassian.com/bitbucket-cloud/docs/app-passwords/
  ["a Bitbucket app password", "ATBB[A-Za-z0-9_=.-]{28,64}"],
  // https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/
  ["an Atlassian API token", "AT[AC]TT3[\\w=-]{60,512}"],
  // https://docs.slack.dev/authentication/tokens
  ["a Slack token", "xox[a-z](?:\\.xox[a-z])?-[A-Za-z0-9-]{10,512}|xapp-[A-Za-z0-9-]{10,255}"],
  // https://docs.npmjs.com/about-access-tokens
  ["an npm token", "npm_[A-Za-z0-9]{30,64}"],
  // https://pypi.org/help/#apitoken
  ["a PyPI token", "pypi-[\\w-]{50,512}"],
  // https://guides.rubygems.org/api-key-scopes/
  ["a RubyGems API key", "rubygems_[0-9a-f]{48}"],
  // https://doc.rust-lang.org/cargo/reference/publishing.html
  ["a crates.io token", "cio[A-Za-z0-9]{32}(?![A-Za-z0-9])", "loose"],
  // https://learn.microsoft.com/nuget/nuget-org/publish-a-package
  ["a NuGet API key", "oy2[a-z0-9]{43}(?![A-Za-z0-9])"],
  // https://github.com/clojars/clojars-web/wiki/Deploy-Tokens
  ["a Clojars token", "CLOJARS_[0-9a-f]{60}"],
  // https://packagist.com/docs/composer-authentication
  ["a Packagist token", "packagist_[a-z]{3}_[0-9a-f]{60,80}"],
  // https://jfrog.com/help/r/jfrog-platform-administration-documentation/access-tokens
  ["a JFrog token", "AKCp[A-Za-z0-9]{60,73}|cmVmd[A-Za-z0-9]{59}(?![A-Za-z0-9])"],
  // https://docs.docker.com/security/access-tokens/
  ["a Docker access token", "dckr_(?:pat|oat)_[\\w-]{20,64}"],
  // https://docs.stripe.com/keys
  ["a Stripe key", "(?:sk|rk)_(?:live|test|prod)_[A-Za-z0-9]{10,255}|whsec_[A-Za-z0-9+/]{24,255}"],
  // https://developer.squareup.com/docs/build-basics/access-tokens
  ["a Square token", "sq0(?:atp|csp|idp)-[\\w-]{22,60}|EAAA[\\w-]{56,64}(?![\\w-])"],
  // https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens
  ["a Shopify token", "shp(?:at|ca|pa|ss|ua|tka)_[0-9a-fA-F]{32,64}"],
  // https://developer.paypal.com/braintree/articles/control-panel/important-gateway-credentials
  ["a Braintree token", "access_token\\$(?:production|sandbox)\\$[0-9a-z]{16}\\$[0-9a-f]{32}"],
  // https://plaid.com/docs/api/tokens/
  ["a Plaid token", "access-(?:sandbox|development|production)-[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"],
  // https://developer.flutterwave.com/docs/authentication
  ["a Flutterwave key", "FLWSECK(?:_TEST)?-[0-9a-zA-Z]{12,40}(?:-X)?"],
  // https://docs.goshippo.com/docs/guides_general/authentication/
  ["a Shippo token", "shippo_(?:live|test)_[0-9a-fA-F]{40}"],
  // https://docs.easypost.com/docs/authentication
  ["an EasyPost API key", "EZ[AT]K[A-Za-z0-9]{54}"],
  // https://duffel.com/docs/api/overview/authentication
  ["a Duffel token", "duffel_(?:test|live)_[\\w=-]{43}"],
  // https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys
  ["a SendGrid API key", "SG\\.[\\w-]{16,64}\\.[\\w-]{16,128}"],
  // https://documentation.mailgun.com/docs/mailgun/api-reference/mg-auth
  ["a Mailgun key", "key-[0-9a-f]{32}(?![0-9a-f])"],
  // https://mailchimp.com/developer/marketing/guides/quick-start/
  ["a Mailchimp API key", "[0-9a-f]{32}-us[0-9]{1,2}(?![0-9A-Za-z])"],
  // https://developers.brevo.com/docs/getting-started
  ["a Brevo API key", "x(?:key|smtp)sib-[0-9a-f]{64}-[A-Za-z0-9]{16}"],
  // https://resend.com/docs/dashboard/api-keys/introduction
  ["a Resend API key", "re_[A-Za-z0-9]{8}_[A-Za-z0-9]{20,32}"],
  // https://www.twilio.com/docs/iam/api-keys
  ["a Twilio API key", "SK[0-9a-f]{32}(?![0-9a-f])", "shared"],
  // https://docs.anthropic.com/en/api/overview
  ["an Anthropic API key", "sk-ant-[a-z]{2,12}[0-9]{2}-[\\w-]{40,255}"],
  // https://openrouter.ai/docs/api-reference/authentication
  ["an OpenRouter API key", "sk-or-v1-[0-9a-f]{64}"],
  // https://platform.openai.com/docs/api-reference/authentication
  ["an OpenAI API key", "sk-(?:proj|svcacct|admin)-[\\w-]{20,255}|sk-[\\w-]{20,255}", "loose"],
  // https://console.groq.com/docs/quickstart
  ["a Groq API key", "gsk_[A-Za-z0-9]{40,64}"],
  // https://huggingface.co/docs/hub/security-tokens
  ["a Hugging Face token", "hf_[A-Za-z0-9]{30,64}|api_org_[A-Za-z0-9]{30,64}"],
  // https://docs.perplexity.ai/getting-started/quickstart
  ["a Perplexity API key", "pplx-[A-Za-z0-9]{40,64}"],
  // https://replicate.com/docs/topics/security/api-tokens
  ["a Replicate token", "r8_[A-Za-z0-9]{37}"],
  // https://docs.x.ai/docs/tutorial
  ["an xAI API key", "xai-[A-Za-z0-9]{70,100}"],
  // https://docs.langchain.com/langsmith/create-account-api-key
  ["a LangSmith API key", "lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}"],
  // https://docs.nvidia.com/nim/large-language-models/latest/getting-started.html
  ["an NVIDIA API key", "nvapi-[\\w-]{60,80}"],
  // https://docs.pinecone.io/guides/projects/manage-api-keys
  ["a Pinecone API key", "pcsk_[A-Za-z0-9_]{50,100}"],
  // https://cloud.google.com/docs/authentication/api-keys
  ["a Google API key", "AIza[\\w-]{35}"],
  // https://developers.google.com/identity/protocols/oauth2
  ["a Google OAuth credential", "ya29\\.[\\w-]{20,512}|GOCSPX-[\\w-]{28}|1//0[\\w-]{40,120}"],
  // https://learn.microsoft.com/entra/identity-platform/howto-create-service-principal-portal
  ["a Microsoft Entra client secret", "[A-Za-z0-9_~.]{3}[0-9]Q~[\\w~.-]{31,34}"],
  // https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string
  ["an Azure account key", "(?:Account|SharedAccess)Key=[A-Za-z0-9+/]{42,86}={1,2}"],
  // https://learn.microsoft.com/azure/storage/common/storage-sas-overview
  ["an Azure shared access signature", "[?&]sig=[A-Za-z0-9%]{43,90}(?:%3D|=)"],
  // https://docs.digitalocean.com/reference/api/create-personal-access-token/
  ["a DigitalOcean token", "do[opr]_v1_[0-9a-f]{64}"],
  // https://devcenter.heroku.com/articles/platform-api-quickstart
  ["a Heroku API key", "HRKU-[\\w-]{30,70}"],
  // https://fly.io/docs/security/tokens/
  ["a Fly.io token", "fo1_[\\w-]{43}|fm[12][ar]?_[A-Za-z0-9+/]{100,2048}={0,3}"],
  // https://docs.netlify.com/api/get-started/
  ["a Netlify token", "nf[pck]_[A-Za-z0-9]{36,64}"],
  // https://vercel.com/docs/sign-in-with-vercel/tokens
  ["a Vercel token", "vc[piark]_[A-Za-z0-9]{20,60}", "loose"],
  // https://developers.cloudflare.com/fundamentals/api/get-started/ca-keys/
  ["a Cloudflare origin CA key", "v1\\.0-[0-9a-f]{24}-[0-9a-f]{146}"],
  // https://www.alibabacloud.com/help/en/ram/user-guide/create-an-accesskey-pair
  ["an Alibaba Cloud access key ID", "LTAI[A-Za-z0-9]{12,24}(?![A-Za-z0-9])", "shared"],
  // https://www.tencentcloud.com/document/product/598/32675
  ["a Tencent Cloud secret ID", "AKID[A-Za-z0-9]{32}(?![A-Za-z0-9])", "shared"],
  // https://yandex.cloud/docs/iam/concepts/authorization/
  ["a Yandex Cloud key", "AQVN[\\w-]{35,38}|y0_[\\w-]{50,100}|t1\\.[\\w-]{20,512}={0,2}\\.[\\w-]{86}={0,2}"],
  // https://supabase.com/docs/guides/api/api-keys
  ["a Supabase key", "sbp_[0-9a-f]{40}|sb_secret_[\\w-]{20,64}"],
  // https://planetscale.com/docs/security/password-management
  ["a PlanetScale credential", "pscale_(?:tkn|oauth|pw)_[\\w=.-]{32,64}"],
  // https://neon.com/docs/manage/api-keys
  ["a Neon API key", "napi_[a-z0-9]{60,70}"],
  // https://www.mongodb.com/docs/atlas/api/service-accounts-overview/
  ["a MongoDB Atlas secret", "mdb_sa_sk_[\\w-]{30,64}"],
  // https://docs.databricks.com/aws/en/dev-tools/auth/pat
  ["a Databricks token", "dapi[0-9a-f]{32}(?:-[0-9])?"],
  // https://aiven.io/docs/platform/concepts/authentication-tokens
  ["an Aiven service password", "AVNS_[\\w-]{16,40}"],
  // https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/
  ["a New Relic key", "NR(?:AK|II|IQ|AA|JS)-[A-Za-z0-9-]{19,40}|[0-9a-f]{36}(?:NRAL|FFFFNRAL)"],
  // https://grafana.com/docs/grafana/latest/administration/service-accounts/
  [
    "a Grafana token",
    "glsa_[A-Za-z0-9]{32}_[0-9A-Fa-f]{8}|glc_[A-Za-z0-9+/]{32,400}={0,2}|eyJrIjoi[A-Za-z0-9]{60,400}={0,2}",
  ],
  // https://docs.sentry.io/account/auth-tokens/
  ["a Sentry token", "sntryu_[0-9a-f]{64}|sntrys_eyJ[A-Za-z0-9+/=_-]{40,512}"],
  // https://docs.dynatrace.com/docs/manage/identity-access-management/access-tokens-and-oauth-clients/access-tokens
  ["a Dynatrace token", "dt0[a-z][0-9]{2}\\.[A-Z0-9]{24}\\.[A-Z0-9]{64}"],
  // https://docs.honeycomb.io/get-started/configure/environments/manage-api-keys/
  ["a Honeycomb API key", "hc[a-z]ik_[a-z0-9]{50,64}"],
  // https://launchdarkly.com/docs/home/account/api
  ["a LaunchDarkly key", "(?:sdk|api)-[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"],
  // https://docs.sonarsource.com/sonarqube-server/latest/user-guide/managing-tokens/
  ["a SonarQube token", "sq[uap]_[0-9a-f]{40}"],
  // https://buildkite.com/docs/apis/managing-api-tokens
  ["a Buildkite token", "bk(?:ua|at|aj|ct)_[0-9A-Za-z]{40,64}", "loose"],
  // https://circleci.com/docs/guides/toolkit/managing-api-tokens/
  ["a CircleCI token", "CCI(?:PAT|PRJ)_[A-Za-z0-9]{20,24}_[0-9a-f]{40}"],
  // https://docs.doppler.com/docs/service-tokens
  ["a Doppler token", "dp\\.(?:pt|st|ct|sa|scim|audit)\\.(?:[a-z0-9_-]{2,35}\\.)?[A-Za-z0-9]{40,44}"],
  // https://developer.hashicorp.com/vault/docs/concepts/tokens#token-prefixes
  ["a Vault token", "hv[sbr]\\.[\\w-]{20,512}"],
  // https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens
  ["an HCP Terraform token", "[A-Za-z0-9]{14}\\.atlasv1\\.[\\w=-]{60,70}"],
  // https://www.pulumi.com/docs/pulumi-cloud/access-management/access-tokens/
  ["a Pulumi token", "pul-[0-9a-f]{40}"],
  // https://developer.1password.com/docs/service-accounts/security/
  [
    "a 1Password token",
    "ops_eyJ[A-Za-z0-9+/]{100,2048}={0,3}|A3-[A-Z0-9]{6}-[A-Z0-9]{6}-?[A-Z0-9]{5}(?:-[A-Z0-9]{5}){3}",
  ],
  // https://age-encryption.org/v1
  ["an age secret key", "AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}"],
  // https://tailscale.com/kb/1085/auth-keys
  ["a Tailscale key", "tskey-[a-z]{3,10}-[A-Za-z0-9]{8,24}-[A-Za-z0-9]{16,64}"],
  // https://learning.postman.com/docs/developer/postman-api/authentication/
  ["a Postman API key", "PMAK-[0-9a-f]{24}-[0-9a-f]{34}"],
  // https://developers.notion.com/guides/resources/handling-api-keys
  ["a Notion token", "ntn_[0-9]{11}[A-Za-z0-9]{35}|secret_[A-Za-z0-9]{43}(?![A-Za-z0-9])"],
  // https://linear.app/developers/graphql
  ["a Linear API key", "lin_(?:api|oauth)_[A-Za-z0-9_]{32,128}"],
  // https://developers.figma.com/docs/rest-api/authentication/
  ["a Figma token", "fig[dour]h?_[\\w-]{40,200}"],
  // https://airtable.com/developers/web/guides/personal-access-tokens
  ["an Airtable token", "pat[A-Za-z0-9]{14}\\.[0-9a-f]{64}"],
  // https://developers.asana.com/docs/personal-access-token
  ["an Asana token", "[0-9]/[0-9]{16}(?:/[0-9]{16})?:[0-9a-f]{32}"],
  // https://developers.dropbox.com/oauth-guide
  ["a Dropbox token", "sl\\.(?:u\\.)?[\\w=-]{120,2048}"],
  // https://core.telegram.org/bots/api#authorizing-your-bot
  ["a Telegram bot token", "[0-9]{8,10}:AA[\\w-]{32,35}(?![\\w-])"],
  // https://docs.discord.com/developers/reference#authentication
  ["a Discord bot token", "[MNO][A-Za-z0-9]{23,27}\\.[\\w-]{6}\\.[\\w-]{27,38}(?![\\w-])"],
  // https://www.typeform.com/developers/get-started/personal-access-token/
  ["a Typeform token", "tfp_[\\w.=-]{40,70}"],
  // https://www.contentful.com/developers/docs/references/authentication/
  ["a Contentful token", "CFPAT-[\\w-]{43}"],
  // https://sourcegraph.com/docs/cli/how-tos/creating_an_access_token
  ["a Sourcegraph token", "sgp_(?:[0-9a-fA-F]{16}_|local_)?[0-9a-fA-F]{40}"],
  // https://docs.prefect.io/v3/how-to-guides/cloud/manage-users/api-keys
  ["a Prefect API key", "pn[ub]_[A-Za-z0-9]{36}"],
  // https://docs.readme.com/main/reference/authentication
  ["a ReadMe API key", "rdme_[a-z0-9]{70}"],
  // https://octopus.com/docs/octopus-rest-api/how-to-create-an-api-key
  ["an Octopus Deploy API key", "API-[A-Z0-9]{25,32}(?![A-Z0-9-])", "loose"],
  // https://developer.harness.io/docs/platform/automation/api/add-and-manage-api-keys/
  ["a Harness token", "[ps]at\\.[\\w-]{22}\\.[A-Za-z0-9]{24}\\.[A-Za-z0-9]{20}"],
  // https://developer.frame.io/api/reference/
  ["a Frame.io token", "fio-u-[\\w=-]{64}"],
  // https://developer.adobe.com/developer-console/docs/guides/authentication/
  ["an Adobe client secret", "p8e-[A-Za-z0-9_-]{32}(?![\\w-])"],
  // https://developers.facebook.com/docs/facebook-login/guides/access-tokens/
  ["a Meta access token", "EAA[A-Z][A-Za-z0-9]{80,512}"],
  // https://dev.maxmind.com/geoip/updating-databases
  ["a MaxMind license key", "[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk"],
  // https://docs.redhat.com/en/documentation/openshift_container_platform/4.19/html/authentication_and_authorization/
  ["an OpenShift token", "sha256~[\\w-]{43}(?![\\w-])"],
  // https://www.infracost.io/docs/cloud_pricing_api/self_hosted/
  ["an Infracost API key", "ico-[A-Za-z0-9]{32}(?![A-Za-z0-9])", "loose"],
  // https://developers.scalingo.com/tokens
  ["a Scalingo token", "tk-us-[\\w-]{48}"],
  // JSON Web Tokens (RFC 7519): two or three base64url parts, the first of which begins with `{"`.
  ["a JSON Web Token", "eyJ[\\w-]{10,512}\\.[\\w-]{4,4096}(?:\\.[\\w-]{0,4096})?", "shared"],
];
