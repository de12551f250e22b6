import HiveCore
import HiveNode
import Synchronization

/// A journal of access in memory, in files of a few lines each.
final class InMemoryAccessJournal: AccessJournal {
    let content = Mutex<[[[UInt8]]]>([[]])
    private let linesInFile: Int
    let files: Int
    let isBroken = Mutex(false)

    init(files: Int = 3, linesInFile: Int = .max) {
        self.files = files
        self.linesInFile = linesInFile
    }

    func append(_ line: [UInt8]) throws {
        if isBroken.withLock({ $0 }) { throw StoreError(.full, "the disk is full") }
        content.withLock { content in
            if content[0].count >= linesInFile { content.insert([], at: 0) }
            content[0].append(line)
            if content.count > files { content.removeLast() }
        }
    }

    func flush() {}

    func lines(ofFile number: Int) -> [[UInt8]] {
        content.withLock { $0.indices.contains(number) ? $0[number] : [] }
    }
}
