/// Less usual ways of writing secrets, and what resembles them.
extension SecretCorpus {
    private static let random = "kT4vW6yZ8cF0iL5oR7uX9bD2fG4hJ6kM8nP0qS3rU5tV7wA1"

    private static func random(_ count: Int) -> String { String((random + random).prefix(count)) }

    static let forms: [(text: String, kind: String)] =
        [
            ("xap" + "p-1-A0" + random(30), "Slack token"), ("GOC" + "SPX-" + random(28), "Google OAuth token"),
            ("dckr" + "_pat_" + random(27), "Docker token"), ("lin" + "_api_" + random(40), "Linear key"),
            (
                "https://hooks.slack" + ".com/services/T0Q7XW3ZRT/B0B6VCF8SA/" + random(24), "Slack webhook"
            ),
            // A key of a known format is told as such wherever it stands, also in a value that would pass.
            ("tok" + "en: \"for tests: gh" + "p_" + random(36) + "\"", "GitHub token"),
            ("GITHUB_TO" + "KEN=gh" + "p_" + random(36), "GitHub token"),
            ("pass" + "word: \"see https://bot:" + random(12) + "@db\"", "password in an address"),
        ] + assigned.map { ($0, "assigned secret") }

    private static let assigned = [
        "{\\\"pass" + "word\\\": \\\"hunter2hunter2\\\"}", "config[\"pass" + "word\"] = \"x9Y8z7W6v5\"",
        "<pass" + "word>hunter2hunter2</pass" + "word>", "mysqldump --pass" + "word hunter2hunter2 shop",
        "deploy --api-" + "key '" + random(24) + "'", "AccountName=shop;Account" + "Key=" + random(60) + "==;",
        "SECRET_KEY_" + "BASE=" + random(48), "\tpass" + "word\t=\ts3cr3tPw9x", "pass" + "word: \"Summer2024!\"",
    ]

    static let lookalikes = [
        "to" + "ken: 3f2b8c1e-9d4a-4e6b-8f7c-0a1b2c3d4e5f", "pass" + "word: sha256:9f86d081884c7d659a2feaa0c55ad015",
        "publicKeyTo" + "ken=b77a5c561934e089", "next_page_to" + "ken: CAUQAA7f9a1c7e5b2d8046",
        "cancelTo" + "ken = \"c1a2n3c4e5l6\"", "secret: \"op://infra/db/pw1a2b3\"",
        "to" + "ken: \"/run/secrets/api1a2b3\"", "arn:aws:secretsmanager:eu-west-1:1:secret:db-a1b2c3",
        "let to" + "ken: Uint8Array = decode(input)", "to" + "ken = accessToken2", "self.pass" + "word = oldPassword1",
        "secret: db-creds-v2", "to" + "ken: oauth2-proxy-cookie", "func sign(secret" + "Key: SymmetricKey256)",
        "to" + "ken = base64Value", "<pass" + "word>", "<input type=\"pass" + "word\">Label1a2b3</input>",
        "mysql --pass" + "word $PW1a2b3", "command --to" + "ken", "hooks.slack.com/services/T/B/x",
        "Authorization: Bearer authentication-scheme", "pass" + "word --> a1b2c3d4e5",
    ]
}
