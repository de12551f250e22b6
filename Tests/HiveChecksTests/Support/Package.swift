import Foundation
import HiveChecks
import HivePacks
import HiveRules
import Testing

/// Files of this package.
enum Package {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Every file below a folder, with its path below that folder.
    static func files(below folder: String) throws -> [SourceFile] {
        let base = root.appendingPathComponent(folder)
        let names = FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? []
        return try names.sorted().compactMap { name in
            let url = base.appendingPathComponent(name)
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), !isFolder.boolValue else {
                return nil
            }
            return SourceFile(path: name, bytes: [UInt8](try Data(contentsOf: url)))
        }
    }

    /// The rules of the platform pack.
    static func platform() throws -> CompiledRuleSet { try law.get() }

    private static let law = Result {
        try CompiledRuleSet.compile(try #require(Pack.named("platform")).contents(), label: "platform@1")
    }
}
