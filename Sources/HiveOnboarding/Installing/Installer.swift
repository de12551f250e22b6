import HiveAPI

/// Sets pieces up, or takes them back: all of them are worked out before the first file is touched, and where a file cannot
/// be written those before it are put back.
struct Installer {
    let files: any FileTree
    var pieces: [any OnboardingPiece]

    /// Whether what somebody changed is replaced. What Hive did not write never is.
    var force = false

    /// How everything is; nothing is changed.
    func check() throws -> [OnboardedPlace] {
        try pieces.map { piece in
            let state = try at(piece.path) { try files.read(piece.path).map(piece.state) ?? .missing }
            return OnboardedPlace(path: piece.path, part: piece.part, state: state)
        }
    }

    /// - Parameter parts: nil for all.
    func install(_ parts: Set<OnboardingPart>? = nil) throws -> [OnboardedPlace] {
        var work = Work()
        let places = try pieces.map { piece in
            try at(piece.path) {
                let bytes = try work.bytes(of: piece.path, files)
                let state = try bytes.map(piece.state) ?? .missing
                var place = OnboardedPlace(path: piece.path, part: piece.part, state: state)
                guard state != .current, parts?.contains(piece.part) ?? true else { return place }
                guard state != .foreign, state != .changed || force else {
                    place.action = .kept
                    return place
                }
                work.set(try piece.installed(in: bytes), at: piece.path)
                (place.state, place.action) = (.current, .written)
                return place
            }
        }
        try work.write(to: files)
        return places
    }

    func remove() throws -> [OnboardedPlace] {
        var work = Work()
        let places = try pieces.reversed().map { piece in
            try at(piece.path) {
                guard let bytes = try work.bytes(of: piece.path, files) else {
                    return OnboardedPlace(path: piece.path, part: piece.part, state: .missing)
                }
                let state = try piece.state(in: bytes)
                var place = OnboardedPlace(path: piece.path, part: piece.part, state: state)
                let rest = try piece.removed(from: bytes)
                guard rest != bytes else {
                    if state != .missing { place.action = .kept }
                    return place
                }
                work.set(rest, at: piece.path)
                (place.state, place.action) = (.missing, .removed)
                return place
            }
        }
        try work.write(to: files)
        return places.reversed()
    }

    /// Names the file in what goes wrong with it.
    private func at<T>(_ path: String, _ body: () throws -> T) throws -> T {
        do { return try body() } catch let error as HiveError {
            guard !error.message.contains(path) else { throw error }
            throw HiveError(error.code, "`\(path)`: \(error.message)", hint: error.hint)
        }
    }

    /// Files as they are to be.
    private struct Work {
        private var former: [String: [UInt8]?] = [:]
        private var wanted: [String: [UInt8]?] = [:]
        private var order: [String] = []

        mutating func bytes(of path: String, _ files: any FileTree) throws -> [UInt8]? {
            if let bytes = wanted[path] { return bytes }
            let bytes = try files.read(path)
            former[path] = .some(bytes)
            return bytes
        }

        mutating func set(_ bytes: [UInt8]?, at path: String) {
            if !order.contains(path) { order.append(path) }
            wanted[path] = .some(bytes)
        }

        func write(to files: any FileTree) throws {
            for (index, path) in order.enumerated() {
                do { try put(wanted[path] ?? nil, at: path, files) } catch {
                    for earlier in order[..<index].reversed() { try put(former[earlier] ?? nil, at: earlier, files) }
                    throw error
                }
            }
        }

        private func put(_ bytes: [UInt8]?, at path: String, _ files: any FileTree) throws {
            guard let bytes else { return try files.remove(path) }
            try files.write(bytes, to: path)
        }
    }
}
