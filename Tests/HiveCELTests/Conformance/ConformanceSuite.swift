import Foundation
import HiveCEL

/// The folder with the conformance cases of the language: `HIVE_CEL_CONFORMANCE` names it, else it is looked for beside
/// the checkout.
enum ConformanceSuite {
    static let folder: URL? = {
        if let path = ProcessInfo.processInfo.environment["HIVE_CEL_CONFORMANCE"] { return URL(filePath: path) }
        var ancestor = URL(filePath: #filePath).deletingLastPathComponent()
        while ancestor.path != "/" {
            ancestor = ancestor.deletingLastPathComponent()
            let folder = ancestor.appending(path: "shared/conformance/cel")
            if FileManager.default.fileExists(atPath: folder.path) { return folder }
        }
        return nil
    }()

    /// The names of the files with cases, without their endings.
    static let files: [String] = {
        guard let folder, let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else {
            return []
        }
        return names.filter { $0.hasSuffix(".jsonl") }.map { String($0.dropLast(6)) }.sorted()
    }()

    static func cases(of file: String) throws -> [ConformanceCase] {
        guard let folder else { return [] }
        let text = try String(contentsOf: folder.appending(path: "\(file).jsonl"), encoding: .utf8)
        return try text.split(separator: "\n").map { try ConformanceCase(line: String($0)) }
    }
}
