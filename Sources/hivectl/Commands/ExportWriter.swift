import Foundation
import HiveAPI
import HivePortability

/// Writes an export in one of the formats, memory by memory.
struct ExportWriter {
    private let format: MemoryFormat
    private let output: ExportFile?
    private var folder: ExportFolder?
    private var graph = KnowledgeGraphExport()
    private(set) var count = 0
    private var contested = 0
    private var incomplete = 0

    init(format: MemoryFormat, path: String?) throws {
        self.format = format
        guard format == .markdown else {
            output = try ExportFile(path)
            if format == .mcpMemoryService || format == .haivemind { output?.write("{\"memories\":[") }
            return
        }
        output = nil
        guard let path else {
            throw Failure.badInput("Markdown needs a folder", hint: "hivectl export FOLDER --format markdown")
        }
        folder = try ExportFolder(path)
    }

    mutating func take(_ line: LineReader.Line) throws {
        guard let bytes = line.bytes else {
            throw HiveError(.tooLarge, "memory \(line.number) is longer than a line may be", hint: "see the node's log")
        }
        count += 1
        if format == .jsonl {
            // Inside of a text quotes are escaped: only a member is written like this.
            note(
                isContested: Self.contains(bytes, "\"contested\":true"),
                lacksContent: Self.contains(bytes, "\"content\":null"))
            output?.write(bytes + [0x0A])
            return
        }
        let json = try JSONValue(parsing: bytes)
        note(isContested: json["contested"] == true, lacksContent: json["content"]?.string == nil)
        switch format {
        case .jsonl: break
        case .markdown: try folder?.write(json)
        case .mcpMemory: graph.add(json)
        case .mcpMemoryService: writeElement(MCPMemoryServiceFormat.record(json))
        case .haivemind: writeElement(HAIveMindFormat.record(json))
        }
    }

    private static func contains(_ bytes: [UInt8], _ text: String) -> Bool {
        bytes.firstRange(of: Array(text.utf8)) != nil
    }

    private mutating func note(isContested: Bool, lacksContent: Bool) {
        if isContested { contested += 1 }
        if lacksContent { incomplete += 1 }
    }

    private func writeElement(_ json: JSONValue) { output?.write((count > 1 ? ",\n" : "\n") + json.text) }

    /// Ends the file and gives it its name. Answers with what it does not hold.
    mutating func finish(at time: String) throws -> [String] {
        switch format {
        case .jsonl, .markdown: break
        case .mcpMemory: for line in graph.lines() { output?.write(line.text + "\n") }
        case .mcpMemoryService:
            output?.write("],\"export_metadata\":\(MCPMemoryServiceFormat.closing(count: count, at: time).text)}\n")
        case .haivemind:
            let members = HAIveMindFormat.closing(count: count, at: time).map { ",\"\($0.name)\":\($0.value.text)" }
            output?.write("]\(members.joined())}\n")
        }
        try output?.finish()
        return notes
    }

    private var notes: [String] {
        var notes: [String] = []
        if contested > 0 { notes.append("\(contested) memories are contested: the value that is shown was written") }
        if incomplete > 0 { notes.append("\(incomplete) memories are without their text, which has not arrived yet") }
        switch format {
        case .jsonl, .markdown: break
        case .mcpMemoryService, .haivemind:
            if count > 0 { notes.append("what \(format.rawValue) has no field for is under metadata.hive") }
        case .mcpMemory:
            notes += graph.losses.sorted { $0.key < $1.key }
                .map { "the graph does not hold \($0.key) of \($0.value) memories" }
        }
        return notes
    }
}

/// A file that gets its name once it is whole; standard output where there is no path.
final class ExportFile {
    private let path: String?
    private let handle: FileHandle
    private var failure: (any Error)?

    init(_ path: String?) throws {
        self.path = path
        guard let path else {
            handle = .standardOutput
            return
        }
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            throw Failure.badInput("`\(path)` is a folder", hint: "name a file in it")
        }
        let made = FileManager.default.createFile(
            atPath: path + ".part", contents: nil, attributes: [.posixPermissions: 0o600])
        guard made, let handle = FileHandle(forWritingAtPath: path + ".part") else {
            throw Failure.badInput("`\(path)` cannot be written", hint: "check the folder and its permissions")
        }
        self.handle = handle
    }

    func write(_ text: String) { write(Array(text.utf8)) }

    func write(_ bytes: [UInt8]) {
        guard failure == nil else { return }
        do { try handle.write(contentsOf: Data(bytes)) } catch { failure = error }
    }

    func finish() throws {
        do {
            if let failure { throw failure }
            guard let path else { return }
            try handle.synchronize()
            try handle.close()
            guard rename(path + ".part", path) == 0 else {
                throw Failure.badInput(
                    "`\(path)` cannot be written: \(String(cString: strerror(errno)))", hint: "check the folder")
            }
        } catch let error as HiveError { throw error } catch {
            throw HiveError(
                .diskFull, "the export cannot be written: \(error.localizedDescription)", hint: "free some space")
        }
    }
}

/// A folder with a file for each memory. A memory that has a file there keeps its name.
struct ExportFolder {
    private let path: String
    private var names: [String: String] = [:]

    init(_ path: String) throws {
        self.path = path
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            for name in try FileManager.default.contentsOfDirectory(atPath: path) where name.hasSuffix(".md") {
                guard let dash = name.lastIndex(of: "-") else { continue }
                names[String(name[name.index(after: dash)...].dropLast(3))] = name
            }
        } catch {
            throw Failure.badInput(
                "the folder `\(path)` cannot be used: \(error.localizedDescription)", hint: "check the path")
        }
    }

    func write(_ line: JSONValue) throws {
        let name = names[MarkdownFormat.key(of: line)] ?? MarkdownFormat.name(of: line)
        do {
            let file = URL(fileURLWithPath: "\(path)/\(name)")
            try Data(MarkdownFormat.text(of: line).utf8).write(to: file, options: .atomic)
        } catch {
            throw HiveError(
                .diskFull, "`\(path)/\(name)` cannot be written: \(error.localizedDescription)",
                hint: "free some space")
        }
    }
}
