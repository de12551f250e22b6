import HiveAPI
import HivePortability

/// Sends what a file holds to the node, some memories at a time.
struct ImportRun {
    private static let mostLines = 256
    private static let mostBytes = 1 << 20
    /// Of more problems than these only the number is kept.
    private static let mostProblems = 10_000

    let client: HiveClient
    let scope: String?
    let isDry: Bool
    var progress: ProgressBar
    private(set) var answer = ImportAnswer()
    private var lines: [ImportLine] = []
    private var files: [Int: String] = [:]
    private var bytes = 0

    init(client: HiveClient, scope: String?, isDry: Bool, progress: ProgressBar) {
        self.client = client
        self.scope = scope
        self.isDry = isDry
        self.progress = progress
    }

    /// - Parameter position: how many bytes of the source have been read.
    mutating func take(_ item: ReadMemory, file: String?, position: Int) async throws {
        progress.show(position)
        files[item.number] = file
        switch item.result {
        case .success(let memory):
            let size = memory.bytes.count
            guard size <= LineReader.longest else {
                return fail(item.number, HiveError(.tooLarge, "the memory has \(size) bytes as JSON", hint: "split it"))
            }
            if !lines.isEmpty, bytes + size > Self.mostBytes { try await send() }
            lines.append(ImportLine(number: item.number, memory: memory))
            bytes += size
            if lines.count == Self.mostLines { try await send() }
        case .failure(let error): fail(item.number, error)
        }
    }

    private mutating func fail(_ number: Int, _ error: HiveError) {
        var own = ImportAnswer()
        own.fail(number, error)
        add(own)
    }

    mutating func finish() async throws {
        if !lines.isEmpty { try await send() }
    }

    private mutating func send() async throws {
        let batch = ImportBatch(lines: lines, scope: scope, dryRun: isDry)
        add(try await client.importMemories(batch, as: .operator))
        lines = []
        files = [:]
        bytes = 0
    }

    private mutating func add(_ other: ImportAnswer) {
        var other = other
        for index in other.problems.indices { other.problems[index].file = files[other.problems[index].number] }
        other.problems = Array(other.problems.prefix(max(0, Self.mostProblems - answer.problems.count)))
        answer.add(other)
        answer.problems.sort { $0.number < $1.number }
    }
}
