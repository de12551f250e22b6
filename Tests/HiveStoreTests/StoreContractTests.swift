import Foundation
import HiveCore
import HiveStore
import HiveTesting
import Testing

/// Both stores keep the same promises.
@Suite struct StoreContractTests {
    @Test("The store in memory keeps the contract", arguments: StoreContract.Check.allCases)
    func inMemory(check: StoreContract.Check) throws { try StoreContract { InMemoryStore() }.verify(check) }

    @Test("SQLite keeps the contract", arguments: StoreContract.Check.allCases)
    func sqlite(check: StoreContract.Check) throws {
        let folder = try TemporaryFolder()
        try StoreContract { try SQLiteStore(path: folder.file("hive.db")) }.verify(check)
    }
}

/// A folder that goes away with its owner.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("hive-test-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }
}
