package lib.credentials_test

import data.lib.credentials

_credentials := [
	"DB_PASSWORD",
	"dbPassword2",
	"MYSQL_ROOT_PASSWD",
	"SMTP_PASS",
	"smtpPass",
	"PGPASSWORD",
	"DB_PWD",
	"GITHUB_TOKEN",
	"splunk-token",
	"api_key",
	"apiKey",
	"OPENAI_API_KEY_1",
	"AWS_SECRET_ACCESS_KEY",
	"SUPABASE_SERVICE_ROLE_KEY",
	"CLIENT_SECRET",
	"JWT_SECRET",
	"Shared_Key",
	"DJANGO_SECRET_KEY",
]

_others := [
	"PWD",
	"OLDPWD",
	"COMPASS",
	"BYPASS",
	"AWS_ACCESS_KEY_ID",
	"MAX_TOKENS",
	"MAX_TOKEN",
	"TASK_TOKEN",
	"NEXT_TOKEN",
	"DB_PASSWORD_ARN",
	"DB_SECRET_NAME",
	"GITHUB_TOKEN_SECRET",
	"SSH_PRIVATE_KEY_SECRET",
	"DB_SECRET",
	"GOOGLE_APPLICATION_CREDENTIALS",
	"S3_KEY",
	"SORT_KEY",
	"PUBLIC_KEY",
	"SECRETS",
	"SENTRY_DSN",
	"DB_HOST",
	"",
]

test_credentials if {
	every name in _credentials {
		credentials.named(name)
		not credentials.refers(name)
	}
}

test_others if {
	every name in _others {
		not credentials.named(name)
	}
}

test_references if {
	every name in ["DB_PASSWORD_ARN", "tokenSecretName", "secret-id", "TOKEN_FILE", "db_password_path", "ApiKeyParameter", "db.secret.arn"] {
		credentials.refers(name)
	}
}
