import HiveCore
import Synchronization

extension LineJournal {
    /// Writes lines anew, in all files, until none is left to change. `change` gives the new line, or nil for one that is
    /// as it shall be; a file whose first line is so is passed over, since later lines were written later. Appends go on,
    /// but for the time that the youngest file takes.
    public func rewrite(_ change: ([UInt8]) throws -> [UInt8]?) throws {
        var isChanged = true
        while isChanged {
            isChanged = try rewriteYoungest(change)
            for number in 1...kept { isChanged = try rewrite("\(path).\(number)", change) || isChanged }
        }
    }

    private func rewriteYoungest(_ change: ([UInt8]) throws -> [UInt8]?) throws -> Bool {
        try file.withLock { file in
            guard try isOutdated(path, change), let (bytes, _) = try DurableFile.read(path, limit: file.size),
                let fresh = try Self.changed(bytes, change)
            else { return false }
            try DurableFile.write(fresh, to: path)
            try reopen(&file)
            return true
        }
    }

    /// A file that was put aside changes only by its name: where another has that name by now, it is left as it is.
    private func rewrite(_ path: String, _ change: ([UInt8]) throws -> [UInt8]?) throws -> Bool {
        guard try isOutdated(path, change), let size = try DurableFile.size(path),
            let (bytes, identity) = try DurableFile.read(path, limit: size),
            let fresh = try Self.changed(bytes, change)
        else { return false }
        let unfinished = path + ".rewritten"
        try DurableFile.write(fresh, to: unfinished)
        return try file.withLock { _ in
            guard try DurableFile.read(path, limit: 0)?.identity == identity else {
                try DurableFile.remove(unfinished)
                return true
            }
            try DurableFile.replace(path, with: unfinished)
            return true
        }
    }

    private func isOutdated(_ path: String, _ change: ([UInt8]) throws -> [UInt8]?) throws -> Bool {
        var limit = 64 << 10
        while let (bytes, _) = try DurableFile.read(path, limit: limit) {
            if let end = bytes.firstIndex(of: 0x0A) { return try change(Array(bytes[..<end])) != nil }
            guard bytes.count == limit else { return false }
            limit *= 4
        }
        return false
    }

    /// Nil where no line is to change.
    private static func changed(_ bytes: [UInt8], _ change: ([UInt8]) throws -> [UInt8]?) throws -> [UInt8]? {
        var fresh: [UInt8] = []
        var isChanged = false
        for line in bytes.split(separator: 0x0A) {
            let changed = try change(Array(line))
            isChanged = isChanged || changed != nil
            fresh += changed ?? Array(line)
            fresh.append(0x0A)
        }
        return isChanged ? fresh : nil
    }
}
