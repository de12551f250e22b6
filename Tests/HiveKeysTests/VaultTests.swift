import HiveAPI
import HiveCore
import HiveKeys
import HiveTesting
import Synchronization
import Testing

/// Keys from a vault: the stand-in was written from the published API.
@Suite struct VaultTests {
    private static func freshKey() -> SealingKey {
        var random = SystemRandomNumberGenerator()
        return SealingKey(using: &random)
    }

    private static func text() -> JSONValue { .string(Base64.encode(freshKey().bytes)) }

    private func address(_ vault: StandInVault, token: String = StandInVault.token) throws -> VaultAddress {
        try VaultAddress(url: vault.url, token: .value(token), timeout: .seconds(30))
    }

    private func withVault(_ work: (StandInVault) async throws -> Void) async throws {
        let vault = try await StandInVault()
        vault.state.withLock { state in
            state.secrets["secret/data/hive"] = [["key": Self.text()]]
            state.transit = [Self.freshKey()]
        }
        try await work(vault)
        try await vault.stop()
    }

    @Test("Versions of a secret keep the contract", arguments: KeyProviderContract.Check.allCases)
    func secrets(check: KeyProviderContract.Check) async throws {
        try await withVault { vault in
            let provider = try VaultKeyProvider(address: try address(vault), path: "secret/data/hive")
            try await KeyProviderContract {
                .init(provider) {
                    vault.state.withLock { $0.secrets["secret/data/hive"]?.append(["key": Self.text()]) }
                }
            }.verify(check)
        }
    }

    @Test("The transit engine keeps the contract", arguments: KeyProviderContract.Check.allCases)
    func transit(check: KeyProviderContract.Check) async throws {
        try await withVault { vault in
            let provider = try TransitKeyProvider(address: try address(vault), key: "transit/keys/hive")
            try await KeyProviderContract {
                .init(provider) { vault.state.withLock { $0.transit.append(Self.freshKey()) } }
            }.verify(check)
        }
    }

    private func expect(
        _ code: KeyError.Code, _ vault: StandInVault, _ address: VaultAddress, _ comment: Comment,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        for provider in [
            try VaultKeyProvider(address: address, path: "secret/data/hive"),
            try TransitKeyProvider(address: address, key: "transit/keys/hive"),
        ] as [any KeyProvider] {
            let error = await #expect(throws: KeyError.self, comment, sourceLocation: sourceLocation) {
                try await provider.currentKey()
            }
            #expect(error?.code == code, comment, sourceLocation: sourceLocation)
            #expect(error?.hint.isEmpty == false, comment, sourceLocation: sourceLocation)
            #expect(error?.description.contains("zq") == false, "a token or a body was repeated")
        }
    }

    @Test("Every failure is named with what to do, and repeats neither token nor answer")
    func failures() async throws {
        try await withVault { vault in
            try await expect(.forbidden, vault, try address(vault, token: "hvs.zqotherqz"), "another token")
            vault.state.withLock { $0.isSealed = true }
            try await expect(.sealed, vault, try address(vault), "sealed")
            vault.state.withLock { $0.isSealed = false }
            for (status, body, code) in [
                (200, "<html>zqbody</html>", .malformed), (200, "{\"data\":\"zqbody\"}", .malformed),
                (200, "[]", .malformed), (404, "{\"errors\":[]}", .missing), (500, "zqbody", .unreachable),
                (429, "zqbody", .unreachable), (307, "", .unreachable), (200, "", .malformed),
            ] as [(Int, String, KeyError.Code)] {
                vault.state.withLock { $0.answer = (status, body) }
                try await expect(code, vault, try address(vault), "\(status) \(body)")
            }
            vault.state.withLock { ($0.answer, $0.isSilent) = (nil, true) }
            let impatient = try VaultAddress(
                url: vault.url, token: .value(StandInVault.token), timeout: .milliseconds(100))
            try await expect(.unreachable, vault, impatient, "silent")
        }
    }

    @Test("Nobody behind the address, no token file, no field and no key are told apart")
    func surroundings() async throws {
        try await withVault { vault in
            let gone = try await StandInVault()
            let dead = try address(gone)
            try await gone.stop()
            try await expect(.unreachable, vault, dead, "nobody")
            let tokenless = try VaultAddress(url: vault.url, token: .file("/nowhere/token"))
            try await expect(.missing, vault, tokenless, "no token file")
            let spaced = try VaultAddress(url: vault.url, token: .value("zq two\nlines"))
            try await expect(.malformed, vault, spaced, "a token that would be two headers")
            let elsewhere = try VaultKeyProvider(address: try address(vault), path: "secret/data/hive", field: "value")
            let missing = await #expect(throws: KeyError.self) { try await elsewhere.currentKey() }
            #expect(missing?.code == .missing)
            vault.state.withLock { $0.secrets["secret/data/hive"]?.append(["key": "zqno key"]) }
            let wrong = try VaultKeyProvider(address: try address(vault), path: "secret/data/hive")
            let malformed = await #expect(throws: KeyError.self) { try await wrong.currentKey() }
            #expect(malformed?.code == .malformed)
            #expect(malformed?.description.contains("zqno") == false)
        }
    }

    @Test("The namespace goes along where there is one")
    func namespace() async throws {
        try await withVault { vault in
            let address = try VaultAddress(url: vault.url + "/", token: .value(StandInVault.token), namespace: "team-a")
            _ = try await VaultKeyProvider(address: address, path: "secret/data/hive").currentKey()
            #expect(vault.state.withLock { $0.namespaces } == ["team-a"])
        }
    }

    @Test(
        "Addresses and paths that are none are refused at once",
        arguments: [
            "vault:8200", "ftp://vault", "https://", "https://user:zqsecret@vault", "https://vault?x=1", "",
        ])
    func addresses(url: String) {
        let error = #expect(throws: KeyError.self) { try VaultAddress(url: url, token: .value("t")) }
        #expect(error?.code == .malformed)
        #expect(error?.description.contains("zqsecret") == false)
    }

    @Test(
        "Paths that lead elsewhere are refused",
        arguments: [
            "hive", "secret/hive", "secret/data/../sys", "secret/data/a?version=1", "secret/data/a b", "secret/data/",
        ])
    func paths(path: String) throws {
        let address = try VaultAddress(url: "http://127.0.0.1:1", token: .value("t"))
        #expect(throws: KeyError.self) { try VaultKeyProvider(address: address, path: path) }
        #expect(throws: KeyError.self) { try TransitKeyProvider(address: address, key: path) }
    }
}
