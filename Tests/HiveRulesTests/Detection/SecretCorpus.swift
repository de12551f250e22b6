/// Texts with secrets, and texts that only look like it. Keys are made up and put together from parts, so that no scanner
/// takes this file for a leak.
enum SecretCorpus {
    private static let random = "aB3dE5gH7jK9mN1pQ2sT4vW6yZ8cF0iL5oR7uX9b"
    private static let upper = "Q7XW3ZRT5YUPL2MN"
    private static let hexadecimal = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b"
    private static let mixed = "kV9x2Lq8Zt"

    private static func random(_ count: Int) -> String { String((random + random).prefix(count)) }

    private static func block(_ label: String) -> String {
        "-----BEGIN " + label + "PRIVATE KEY-----\n" + random(40) + "\n" + random(40) + "\n-----END " + label
            + "PRIVATE KEY-----"
    }

    /// Each with its kind.
    static let secrets: [(text: String, kind: String)] = keys + assignments + others + forms

    private static let keys: [(text: String, kind: String)] = [
        ("AKI" + "A" + upper, "AWS access key"), ("ASI" + "A" + upper, "AWS access key"),
        ("gh" + "p_" + random(36), "GitHub token"), ("gh" + "s_" + random(36), "GitHub token"),
        ("github" + "_pat_" + random(70), "GitHub token"), ("glp" + "at-" + random(20), "GitLab token"),
        ("xox" + "b-" + "908713546120-" + random(24), "Slack token"),
        ("xox" + "p-" + "98765-" + random(30), "Slack token"),
        ("sk" + "_live_" + random(24), "Stripe key"), ("rk" + "_live_" + random(24), "Stripe key"),
        ("sk-" + "ant-" + random(60), "Anthropic key"), ("sk-" + "proj-" + random(48), "OpenAI key"),
        ("sk-" + random(48), "OpenAI key"), ("AI" + "za" + random(35), "Google key"),
        ("ya" + "29." + random(60), "Google OAuth token"), ("np" + "m_" + random(36), "npm token"),
        ("pypi" + "-AgEI" + random(60), "PyPI token"), ("SG" + "." + random(22) + "." + random(43), "SendGrid key"),
        ("hf" + "_" + random(34), "Hugging Face token"),
        ("dop" + "_v1_" + hexadecimal + "9f86d081884c7d659a2feaa0", "DigitalOcean token"),
        ("hvs" + "." + random(30), "Vault token"), ("shp" + "at_" + hexadecimal.prefix(32), "Shopify token"),
        ("dap" + "i" + hexadecimal.prefix(32), "Databricks token"), ("S" + "K" + hexadecimal.prefix(32), "Twilio key"),
        ("AGE" + "-SECRET-KEY-1" + String((upper + upper + upper + upper).prefix(58)), "age key"),
        ("ey" + "J" + random(40) + "." + random(40) + "." + random(40), "JSON web token"),
    ]

    private static let assignments: [(text: String, kind: String)] = [
        "let pass" + "word: String = \"" + mixed + "\"", "const pass" + "word: string = '" + mixed + "';",
        "pass" + "word:              " + mixed, "API_" + "TOKEN          = " + random(24),
        "{\"pass" + "word\":\"hunter2hunter2\"}", "{\"db\": {\"pass" + "wd\" : \"" + mixed + "\"}}",
        "API_" + "KEY=" + random(40), "export API_" + "KEY=\"" + random(32) + "\"", "api-" + "key: " + random(32),
        "apiKey" + ": '" + random(32) + "',", "client_" + "secret = \"" + mixed + "\"", "CLIENT_" + "SECRET: " + mixed,
        "aws_secret_access_" + "key = " + random(40), "private_" + "key: \"" + random(30) + "\"",
        "let tok" + "en = \"" + random(20) + "\"", "const tok" + "en = `" + random(20) + "`;",
        "self.pass" + "word = '" + mixed + "'", "pass" + "word: Tr0ub4dor&3", "PASS" + "WORD=Tr0ub4dor.and.3",
        "pass" + "phrase: \"kLm#opQrs$tuV\"", "--set auth.pass" + "word=" + mixed, "mysql --pass" + "word=" + mixed,
        "curl -d 'pass" + "word=" + mixed + "'", "?access_" + "token=" + random(20) + "&x=1",
        "secret" + "_key: !!str \"\"\nauth_key: " + random(20), "TOK" + "EN := \"" + mixed + "\"",
        ":pass" + "word => \"" + mixed + "\"", "<add name=\"a\" pass" + "word=\"" + mixed + "\"/>",
        "encryption_" + "key: " + hexadecimal, "signing-" + "key = '" + hexadecimal + "'",
        "credentials" + ": \"" + mixed + "\"",
    ].map { ($0, "assigned secret") }

    private static let others: [(text: String, kind: String)] = [
        (block(""), "private key"), (block("RSA "), "private key"), (block("OPENSSH "), "private key"),
        ("key: \"" + block("EC ").replacing("\n", with: "\\n") + "\"", "private key"),
        (
            "-----BEGIN RSA " + "PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,12\n\n" + random(40),
            "private key"
        ),
        ("postgres://app:" + "s3cretpw9@db/orders", "password in an address"),
        ("git clone https://ci:" + random(20) + "@git.example.org/a.git", "password in an address"),
        ("amqp://hive:" + mixed + "@queue:5672", "password in an address"),
        ("Authorization: Bearer " + random(40), "credential in a header"),
        ("-H 'Authorization: Basic " + "dXNlcjpzM2NyZXRwdzk=" + "'", "credential in a header"),
        ("\"authorization\": \"token " + random(30) + "\"", "credential in a header"),
    ]

    static let harmless: [String] = hashes + places + code + talk + lookalikes

    private static let hashes = [
        "commit 566f8750d9a1b2c3e4f5061728394a5b6c7d8e9f", "566f875", "index 83db48f..bf269f4 100644",
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "id: 3f2b8c1e-9d4a-4e6b-8f7c-0a1b2c3d4e5f", "\"revision\" : \"11b3a2d1f0e9c8b7a6958473625140392817060f\"",
        "\"integrity\": \"sha512-Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4QUtJQQ==\"",
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk",
        "password_hash: a1b2c3d4e5f6a7b8", "etag = \"33a64df551425fcc55e4d42a148795d9f25f89d4\"",
        "md5(password) == 5f4dcc3b5aa765d61d8327deb882cf99", "checksum: 9f86d081884c7d65",
        "token_sha256: 9f86d081884c7d65",
        "uses: actions/checkout@8ade135a41bc03ea155e62e844d188df1ea18608", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDp0",
    ]

    private static let places = [
        "AKI" + "AIOSFODNN7EXAMPLE", "password: ${DB_PASSWORD_1}", "token = <your-token-123>", "password: changeme123",
        "api_key: YOUR_API_KEY_1234", "API_KEY=xxxxxxxxxxxxxxxx1", "secret: \"{{ vault_secret_1 }}\"",
        "password: \"%(db_password1)s\"", "token: $TOKEN_1_VALUE", "password=********1", "password: <redacted-2024>",
        "client_secret: dummy-secret-42", "password = \"password1234\"", "pass: test1234", "token: \"token-123\"",
        "password: \"example-Passw0rd\"", "secret: arn:aws:secretsmanager:eu-1:12:secret:db1",
        "password: vault:secret/data/db1#password", "api_key = \"insert-your-key-9\"",
        "sk-" + "ant-your-key-goes-here-1",
        "gh" + "p_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "postgres://app:password@localhost/app",
        "postgres://${USER}:${PASSWORD1}@db/app", "redis://user:<password1>@host",
    ]

    private static let code = [
        "password = os.environ['DB_PASSWORD1']", "let token = lexer.next1()", "const token = await getToken2()",
        "token: tokens[0]", "password: process.env.DB_PASSWORD_2", "secret = settings.secret_1",
        "if token == previousToken2 { return }", "func sign(secret: String, count: Int64)",
        "password: str | None = None",
        "token = self.tokens.pop1()", "apiKey: config.apiKey2", "private_key=private_key_path_1(\"x\")",
        "secretKeyRef: {name: db-credentials-1, key: password}", "max_token: 4096", "token_count = 128000",
        "let tokenizer = Tokenizer2()", "passwordField.isHidden2 = true", "type Token = string1",
    ]

    private static let talk = [
        "the password: ask the owner", "secret: \"db-credentials\"", "-----BEGIN PUBLIC KEY-----",
        "a file that begins with -----BEGIN RSA " + "PRIVATE KEY----- is refused",
        "https://example.org:8080/a@b", "mailto:ava@example.org", "see https://example.org/login?next=/a:b@c",
        "Authorization: Bearer <token>", "Authorization: Basic", "Tokens begin with gh" + "p_ or github" + "_pat_.",
        "key-value: a store", "the secret of 42 is out", "", "=", ":", "://", "password:", "token=", "eyJ", "eyJ.eyJ.x",
    ]
}
