import Foundation
import HiveCore
import HiveKeys
import HiveTesting
import Testing

/// Keys in files and in the environment.
@Suite struct KeysAtHandTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "keys-\(UUID().uuidString)")
    private var path: String { folder.appending(path: "store.key").path }

    private static func freshKey() -> SealingKey {
        var random = SystemRandomNumberGenerator()
        return SealingKey(using: &random)
    }

    private static func line() -> String { Data(freshKey().bytes).base64EncodedString() + "\n" }

    private func write(_ bytes: Data, mode: Int = 0o600) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try bytes.write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    private func removeFolder() {
        do { try FileManager.default.removeItem(at: folder) } catch { Issue.record("\(error)") }
    }

    @Test("A key file keeps the contract", arguments: KeyProviderContract.Check.allCases)
    func file(check: KeyProviderContract.Check) async throws {
        defer { removeFolder() }
        let former = Self.line()
        try write(Data(former.utf8))
        let path = path
        try await KeyProviderContract {
            .init(FileKeyProvider(path: path)) {
                try Data((Self.line() + former).utf8).write(to: URL(fileURLWithPath: path), options: [])
            }
        }.verify(check)
    }

    @Test("Keys in memory keep the contract", arguments: KeyProviderContract.Check.allCases)
    func memory(check: KeyProviderContract.Check) async throws {
        try await KeyProviderContract {
            let provider = InMemoryKeyProvider()
            return .init(provider) { provider.change() }
        }.verify(check)
    }

    @Test("Raw bytes, hexadecimal digits and base64 are the same key")
    func forms() async throws {
        defer { removeFolder() }
        let key = Self.freshKey()
        let base64 = Data(key.bytes).base64EncodedString()
        var names: Set<String> = []
        for form in [
            Data(key.bytes), Data(Hex.encode(key.bytes).utf8), Data(Hex.encode(key.bytes).uppercased().utf8),
            Data(base64.utf8), Data(base64.dropLast().utf8), Data(Base64URL.encode(key.bytes).utf8),
            Data("# the key of this node\n\n  \(base64)  \n".utf8),
        ] {
            try write(form)
            names.insert(try await FileKeyProvider(path: path).currentKey())
        }
        let variable = EnvironmentKeyProvider(name: "KEY", value: "\(base64),\(Self.line())")
        names.insert(try await variable.currentKey())
        #expect(names == [key.fingerprint])
    }

    @Test("A file that others may read is refused", arguments: [0o640, 0o604, 0o644, 0o660])
    func modes(mode: Int) async throws {
        defer { removeFolder() }
        try write(Data(Self.line().utf8), mode: mode)
        let error = await #expect(throws: KeyError.self) { try await FileKeyProvider(path: path).currentKey() }
        #expect(error?.code == .forbidden)
        #expect(error?.hint.contains("chmod 600") == true)
    }

    @Test("What is no key is refused without being repeated", arguments: ["", "zqsecretqz", "AAAA", "# only a word"])
    func noKeys(text: String) async throws {
        defer { removeFolder() }
        try write(Data(text.utf8))
        for provider in [FileKeyProvider(path: path), EnvironmentKeyProvider(name: "KEY", value: text)]
            as [any KeyProvider]
        {
            let error = await #expect(throws: KeyError.self) { try await provider.currentKey() }
            #expect([.malformed, .missing].contains(error?.code))
            #expect(error?.description.contains("zqsecretqz") == false)
        }
    }

    @Test("A file or a variable that is not there is missing")
    func nothing() async throws {
        for provider in [FileKeyProvider(path: path), EnvironmentKeyProvider(name: "KEY", value: nil)]
            as [any KeyProvider]
        {
            let error = await #expect(throws: KeyError.self) { try await provider.currentKey() }
            #expect(error?.code == .missing)
        }
    }
}
