/// A published format of keys: how they begin, and what follows.
struct SecretFormat: Sendable {
    let kind: String
    let prefix: [UInt8]
    let length: ClosedRange<Int>
    let allows: @Sendable (UInt8) -> Bool
    /// How many dots divide the body; nil where it may hold none or any.
    let dots: Int?

    private init(
        _ kind: String, _ prefix: String, _ length: ClosedRange<Int>, dots: Int? = nil,
        _ allows: @escaping @Sendable (UInt8) -> Bool = ByteClass.isLetterOrDigit
    ) {
        self.kind = kind
        self.prefix = Array(prefix.utf8)
        self.length = length
        self.dots = dots
        self.allows = allows
    }

    private static let known: [SecretFormat] =
        ["AKIA", "ASIA", "ABIA", "ACCA"].map { SecretFormat("AWS access key", $0, 16...16, ByteClass.isUpperOrDigit) }
        + ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"].map { SecretFormat("GitHub token", $0, 36...255) }
        + ["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xapp-"].map {
            SecretFormat("Slack token", $0, 20...255, ByteClass.isWord)
        }
        + ["sk_live_", "rk_live_", "whsec_"].map { SecretFormat("Stripe key", $0, 24...255) }
        + ["glpat-", "gldt-", "glrt-"].map { SecretFormat("GitLab token", $0, 20...255, ByteClass.isWord) }
        + ["dop_v1_", "doo_v1_", "dor_v1_"].map { SecretFormat("DigitalOcean token", $0, 64...64) }
        + ["hvs.", "hvb."].map { SecretFormat("Vault token", $0, 24...255, ByteClass.isWord) }
        + ["shpat_", "shpss_", "shpca_"].map { SecretFormat("Shopify token", $0, 32...32) }
        + [
            SecretFormat("GitHub token", "github_pat_", 60...255, ByteClass.isWord),
            SecretFormat("Anthropic key", "sk-ant-", 40...255, ByteClass.isWord),
            SecretFormat("OpenAI key", "sk-proj-", 40...255, ByteClass.isWord),
            SecretFormat("OpenAI key", "sk-svcacct-", 40...255, ByteClass.isWord),
            SecretFormat("OpenAI key", "sk-", 48...48),
            SecretFormat("Google key", "AIza", 35...35, ByteClass.isWord),
            SecretFormat("Google OAuth token", "ya29.", 40...512, ByteClass.isWord),
            SecretFormat("Google OAuth token", "GOCSPX-", 28...28, ByteClass.isWord),
            SecretFormat("Docker token", "dckr_pat_", 24...64, ByteClass.isWord),
            SecretFormat("Linear key", "lin_api_", 40...40),
            SecretFormat("Postman key", "PMAK-", 59...59, ByteClass.isWord),
            SecretFormat("New Relic key", "NRAK-", 27...27, ByteClass.isUpperOrDigit),
            SecretFormat("Grafana token", "glsa_", 41...41, ByteClass.isWord),
            SecretFormat("npm token", "npm_", 36...36),
            SecretFormat("PyPI token", "pypi-AgEI", 50...512, ByteClass.isWord),
            SecretFormat("SendGrid key", "SG.", 60...70, dots: 1) { ByteClass.isWord($0) || $0 == UInt8(ascii: ".") },
            SecretFormat("Hugging Face token", "hf_", 34...40),
            SecretFormat("Databricks token", "dapi", 32...32),
            SecretFormat("Twilio key", "SK", 32...32, ByteClass.isLowerHexadecimal),
            SecretFormat("age key", "AGE-SECRET-KEY-1", 58...58, ByteClass.isUpperOrDigit),
            SecretFormat("JSON web token", "eyJ", 40...8192, dots: 2) {
                ByteClass.isWord($0) || $0 == UInt8(ascii: ".")
            },
        ]

    /// The formats by their first byte.
    private static let byFirstByte: [[SecretFormat]] = {
        var table = [[SecretFormat]](repeating: [], count: 256)
        for format in known { table[Int(format.prefix[0])].append(format) }
        return table
    }()

    static func look(at index: Int, in bytes: [UInt8]) -> SecretDetector.Look {
        let formats = byFirstByte[Int(bytes[index])]
        guard !formats.isEmpty, index == 0 || !ByteClass.isWord(bytes[index - 1]) else { return .nothing }
        var end = index
        for format in formats where bytes[index...].starts(with: format.prefix) {
            let rest = bytes[(index + format.prefix.count)...].prefix(format.length.upperBound + 1)
            var body = rest.prefix { format.allows($0) }
            // A sentence ends with a dot, too.
            while body.last == UInt8(ascii: ".") { body = body.dropLast() }
            end = max(end, body.endIndex)
            if format.isSecret(body, in: bytes) { return .secret(format.kind, index..<body.endIndex) }
        }
        return end == index ? .nothing : .harmless(until: end)
    }

    private func isSecret(_ body: ArraySlice<UInt8>, in bytes: [UInt8]) -> Bool {
        let isWhole = body.endIndex == bytes.endIndex || !ByteClass.isWord(bytes[body.endIndex])
        guard isWhole, length.contains(body.count), !SecretValue.isPlaceholder(body) else { return false }
        if let dots {
            let parts = body.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            guard parts.count == dots + 1, parts.allSatisfy({ $0.count >= 16 }) else { return false }
        }
        return SecretValue.entropy(body) >= 2.8
    }
}
