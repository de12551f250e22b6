import Foundation
import HiveAPI
import HivePortability

/// What an import reads: a file, a folder, or standard input.
final class ImportSource {
    /// Takes a memory, the file that it is in where there are several, and how many bytes were read by then.
    typealias Sink = (ReadMemory, String?, Int) async throws -> Void

    private static let piece = 256 << 10

    private let path: String
    private let isFolder: Bool
    private(set) var format: MemoryFormat?
    /// How many bytes there are; 0 where that is not known.
    let size: Int
    /// What was left out on purpose.
    private(set) var notes: [String] = []
    var formatName: String? { format?.rawValue }

    init(path: String, format: MemoryFormat?) throws {
        self.path = path
        self.format = format
        guard path != "-" else {
            (isFolder, size) = (false, 0)
            return
        }
        var folder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &folder) else {
            throw Failure.badInput("there is no `\(path)`", hint: "check the path")
        }
        isFolder = folder.boolValue
        size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
        if isFolder {
            guard format == nil || format == .markdown else {
                throw Failure.badInput("`\(path)` is a folder", hint: "folders are read as markdown")
            }
            self.format = .markdown
        }
    }

    func read(_ sink: Sink) async throws {
        if isFolder { return try await readFolder(sink) }
        let handle = try open()
        defer { if path != "-" { try? handle.close() } }
        let beginning = try Self.next(handle)
        let known = try format ?? MemoryFormat.detect(beginning)
        format = known
        if known.isLines { return try await readLines(handle, beginning, known, sink) }
        try await readDocument(try Self.rest(of: handle, after: beginning, path), known, sink)
    }

    private func open() throws -> FileHandle {
        if path == "-" { return .standardInput }
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw Failure.badInput("`\(path)` cannot be read", hint: "check its permissions")
        }
        return handle
    }

    private static func next(_ handle: FileHandle) throws -> [UInt8] {
        [UInt8](try handle.read(upToCount: piece) ?? Data())
    }

    private func readLines(
        _ handle: FileHandle, _ beginning: [UInt8], _ format: MemoryFormat, _ sink: Sink
    ) async throws {
        var reader = LineReader()
        var bytes = beginning
        var position = 0
        while !bytes.isEmpty {
            position += bytes.count
            for line in reader.feed(bytes) { try await Self.take(line, format, position, sink) }
            bytes = try Self.next(handle)
        }
        if let line = reader.finish() { try await Self.take(line, format, position, sink) }
    }

    private static func take(
        _ line: LineReader.Line, _ format: MemoryFormat, _ position: Int, _ sink: Sink
    ) async throws {
        let memories: Result<[JSONValue], HiveError> = Result { () throws(HiveError) in
            guard let json = try line.json() else { return [] }
            return format == .mcpMemory ? try KnowledgeGraphFormat.memories(json) : [json]
        }
        switch memories {
        case .success(let memories):
            for memory in memories { try await sink(ReadMemory(number: line.number, .success(memory)), nil, position) }
        case .failure(let error): try await sink(ReadMemory(number: line.number, .failure(error)), nil, position)
        }
    }

    private static func rest(of handle: FileHandle, after beginning: [UInt8], _ path: String) throws -> [UInt8] {
        var bytes = beginning
        while true {
            let piece = try next(handle)
            if piece.isEmpty { return bytes }
            bytes += piece
            guard bytes.count <= MemoryFormat.largestDocument else {
                throw HiveError(
                    .tooLarge, "`\(path)` has more than \(MemoryFormat.largestDocument >> 20) MiB",
                    hint: "split it; JSON Lines may be of any length")
            }
        }
    }

    private func readDocument(_ bytes: [UInt8], _ format: MemoryFormat, _ sink: Sink) async throws {
        if format == .markdown {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            let item = Self.note(bytes, path: name, number: 1, in: MarkdownFolder(paths: [name]))
            return try await sink(item, path == "-" ? nil : path, bytes.count)
        }
        let document = try JSONValue(parsing: bytes)
        let items =
            format == .haivemind ? try HAIveMindFormat.read(document) : try MCPMemoryServiceFormat.read(document)
        let deleted = format == .haivemind ? HAIveMindFormat.deleted(document) : 0
        if deleted > 0 { notes.append("\(deleted) memories of the recycle bin there were left out") }
        for item in items { try await sink(item, nil, bytes.count) }
    }

    // MARK: Folders

    private func isLink(_ file: String) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: "\(path)/\(file)")
        return attributes?[.type] as? FileAttributeType == .typeSymbolicLink
    }

    private func readFolder(_ sink: Sink) async throws {
        let all = (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []).sorted()
        let links = Set(all.filter(isLink))
        if !links.isEmpty { self.notes.append("\(links.count) symbolic links were left out: they may lead anywhere") }
        let notes = all.filter { MarkdownFolder.isNote($0) && !links.contains($0) }
        let folder = MarkdownFolder(paths: notes)
        let known = Set(notes)
        var others = 0
        for file in all where !known.contains(file) && !links.contains(file) && !file.hasPrefix(".") {
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: "\(path)/\(file)", isDirectory: &isFolder), !isFolder.boolValue {
                others += 1
            }
        }
        if others > 0 { self.notes.append("\(others) files that are no Markdown were left out") }
        for (index, file) in notes.enumerated() {
            guard let data = FileManager.default.contents(atPath: "\(path)/\(file)") else {
                let error = HiveError(.invalidInput, "the file cannot be read", hint: "check its permissions")
                try await sink(ReadMemory(number: index + 1, .failure(error)), file, 0)
                continue
            }
            try await sink(Self.note([UInt8](data), path: file, number: index + 1, in: folder), file, 0)
        }
    }

    private static func note(_ bytes: [UInt8], path: String, number: Int, in folder: MarkdownFolder) -> ReadMemory {
        guard bytes.count <= LineReader.longest else {
            return ReadMemory(
                number: number, .failure(HiveError(.tooLarge, "the file has \(bytes.count) bytes", hint: "split it")))
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return ReadMemory(number: number, .failure(HiveError(.invalidInput, "the file is no UTF-8")))
        }
        return ReadMemory(number: number, Result { () throws(HiveError) in try folder.memory(text, path: path) })
    }
}
