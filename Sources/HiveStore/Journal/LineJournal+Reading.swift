import HiveCore
import Synchronization

extension LineJournal {
    /// How many files there may be at most, the one that is written to among them.
    public var files: Int { kept + 1 }

    /// The lines of one file, oldest first; 0 is the one that is written to, the others were put aside before it. Empty
    /// where there is no such file.
    public func lines(ofFile number: Int) throws -> [[UInt8]] {
        try file.withLock { file in
            let path = number == 0 ? self.path : "\(self.path).\(number)"
            let size = number == 0 ? file.size : try DurableFile.size(path) ?? 0
            guard let (bytes, _) = try DurableFile.read(path, limit: size) else { return [] }
            return bytes.split(separator: 0x0A).map(Array.init)
        }
    }

    /// Returns once everything that was appended is on disk.
    public func flush() throws { try file.withLock { _ in try DurableFile.sync(path) } }
}
