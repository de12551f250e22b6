/// Finds the documents whose vectors lie closest to one. A projection in memory: a value without any I/O.
///
/// Of each vector it keeps a bit for the sign of each component and the components as 8-bit integers under one scale. A
/// search counts differing bits over all vectors, takes the best few hundred that are admitted, and orders these by the
/// integers. What it finds depends on the vectors alone, never on the order in which they came.
public struct VectorIndex: Sendable {
    /// How many vectors are at least looked at twice.
    public static let candidates = 800

    /// How many components every vector has.
    public let dimensions: Int
    private let wordsPerCode: Int
    /// The documents by their places, which run from 0 to `count`.
    public private(set) var addresses: [DocumentAddress] = []
    private var places: [DocumentAddress: Int] = [:]
    private var codes: [UInt64] = []
    private var vectors: [Int8] = []
    private var scales: [Float] = []

    public init(dimensions: Int) {
        self.dimensions = dimensions
        wordsPerCode = (dimensions + 63) / 64
    }

    public var count: Int { addresses.count }

    public func contains(_ address: DocumentAddress) -> Bool { places[address] != nil }

    /// Adds or replaces the vector of a document, and answers with its place. It must have `dimensions` components.
    @discardableResult
    public mutating func put(_ vector: [Float], for address: DocumentAddress) -> Int {
        precondition(vector.count == dimensions, "a vector of \(vector.count) components")
        let scale = vector.reduce(0) { max($0, abs($1)) } / 127
        let small = vector.map { scale > 0 ? Int8(($0 / scale).rounded()) : 0 }
        return put(small[...], scale, Self.code(of: vector, words: wordsPerCode)[...], for: address)
    }

    /// Adds or replaces the vector at a place of another index, which must have the same number of components, and answers
    /// with its place here.
    @discardableResult
    public mutating func put(_ place: Int, of other: VectorIndex) -> Int {
        precondition(other.dimensions == dimensions, "vectors of \(other.dimensions) components")
        let small = other.vectors[place * dimensions..<(place + 1) * dimensions]
        let code = other.codes[place * wordsPerCode..<(place + 1) * wordsPerCode]
        return put(small, other.scales[place], code, for: other.addresses[place])
    }

    private mutating func put(
        _ small: ArraySlice<Int8>, _ scale: Float, _ code: ArraySlice<UInt64>, for address: DocumentAddress
    ) -> Int {
        guard let place = places[address] else {
            places[address] = addresses.count
            addresses.append(address)
            codes += code
            vectors += small
            scales.append(scale)
            return addresses.count - 1
        }
        codes.replaceSubrange(place * wordsPerCode..<(place + 1) * wordsPerCode, with: code)
        vectors.replaceSubrange(place * dimensions..<(place + 1) * dimensions, with: small)
        scales[place] = scale
        return place
    }

    /// Drops the vector of a document, if there is one. The last vector takes its place, which is the answer.
    @discardableResult
    public mutating func remove(_ address: DocumentAddress) -> Int? {
        guard let place = places.removeValue(forKey: address) else { return nil }
        let last = addresses.count - 1
        if place != last {
            addresses[place] = addresses[last]
            places[addresses[place]] = place
            scales[place] = scales[last]
            for word in 0..<wordsPerCode { codes[place * wordsPerCode + word] = codes[last * wordsPerCode + word] }
            for part in 0..<dimensions { vectors[place * dimensions + part] = vectors[last * dimensions + part] }
        }
        addresses.removeLast()
        scales.removeLast()
        codes.removeLast(wordsPerCode)
        vectors.removeLast(dimensions)
        return place
    }

    /// The vector of a document as it is kept, to a 127th of its largest component; nil where it has none.
    public func vector(of address: DocumentAddress) -> [Float]? {
        guard let place = places[address] else { return nil }
        return vectors[place * dimensions..<(place + 1) * dimensions].map { Float($0) * scales[place] }
    }

    public mutating func removeAll() { self = VectorIndex(dimensions: dimensions) }

    /// The cosine of a document's vector to a unit vector; nil where the document has none.
    public func cosine(of address: DocumentAddress, to vector: [Float]) -> Float? {
        cosines(of: [address], to: vector)[address]
    }

    /// The cosines of those documents that have a vector, to a unit vector.
    public func cosines(of addresses: [DocumentAddress], to vector: [Float]) -> [DocumentAddress: Float] {
        precondition(vector.count == dimensions, "a vector of \(vector.count) components")
        let question = Question(vector)
        var cosines: [DocumentAddress: Float] = [:]
        for address in addresses {
            if let place = places[address] { cosines[address] = cosine(at: place, to: question) }
        }
        return cosines
    }

    /// The closest documents that are admitted, closest first, each with its cosine; ties in order of their addresses.
    /// `vector` must have `dimensions` components and unit length.
    public func search(
        _ vector: [Float], limit: Int, admits: (DocumentAddress) -> Bool = { _ in true }
    ) -> [(address: DocumentAddress, cosine: Float)] {
        let found = candidates(for: vector, limit: limit) { admits(addresses[$0]) }
        return Self.closest(among: found, limit: limit)
    }

    /// A vector that is looked at twice.
    public struct Candidate: Sendable, Hashable {
        public let address: DocumentAddress
        /// How many signs differ from those of the question.
        public let distance: Int
        public let cosine: Float
    }

    /// What a search for the `limit` closest looks at twice, in the order of the signs that differ. Admission is asked by
    /// the places of documents.
    public func candidates(
        for vector: [Float], limit: Int, admits: (Int) -> Bool
    ) -> [Candidate] {
        precondition(vector.count == dimensions, "a vector of \(vector.count) components")
        let wanted = max(Self.candidates, 2 * limit)
        let question = Question(vector)
        let distances = distances(to: Self.code(of: vector, words: wordsPerCode))
        var found: [Candidate] = []
        for place in Self.order(distances, upTo: 64 * wordsPerCode) {
            // All that are as far away as the last one are taken, so that no order of places decides.
            let distance = Int(distances[place])
            if found.count >= wanted, let last = found.last, distance > last.distance { break }
            guard admits(place) else { continue }
            found.append(
                Candidate(address: addresses[place], distance: distance, cosine: cosine(at: place, to: question)))
        }
        return found
    }

    /// The closest among the candidates of several indexes, as if all vectors were in one.
    public static func closest(
        among candidates: [Candidate], limit: Int
    ) -> [(address: DocumentAddress, cosine: Float)] {
        let wanted = max(Self.candidates, 2 * limit)
        var found = candidates.sorted { $0.distance < $1.distance }
        if found.count > wanted {
            let reached = found[wanted - 1].distance
            found.removeAll { $0.distance > reached }
        }
        found.sort { $0.cosine != $1.cosine ? $0.cosine > $1.cosine : $0.address < $1.address }
        return found.prefix(limit).map { ($0.address, $0.cosine) }
    }

    /// A bit for each component that is positive.
    private static func code(of vector: [Float], words: Int) -> [UInt64] {
        var code = [UInt64](repeating: 0, count: words)
        for (place, component) in vector.enumerated() where component > 0 { code[place / 64] |= 1 << (place % 64) }
        return code
    }

    /// How many bits of each code differ from one.
    private func distances(to code: [UInt64]) -> [UInt16] {
        let width = wordsPerCode
        return [UInt16](unsafeUninitializedCapacity: count) { distances, filled in
            codes.withUnsafeBufferPointer { codes in
                code.withUnsafeBufferPointer { code in
                    for place in 0..<addresses.count {
                        var distance = 0
                        for word in 0..<width {
                            distance &+= (codes[place &* width &+ word] ^ code[word]).nonzeroBitCount
                        }
                        distances[place] = UInt16(truncatingIfNeeded: distance)
                    }
                }
            }
            filled = addresses.count
        }
    }

    /// The places in order of their distances, none of which is above `limit`: a counting sort.
    private static func order(_ distances: [UInt16], upTo limit: Int) -> [Int] {
        var starts = [Int](repeating: 0, count: limit + 2)
        for distance in distances { starts[Int(distance) + 1] += 1 }
        for distance in 1..<starts.count { starts[distance] += starts[distance - 1] }
        var order = [Int](repeating: 0, count: distances.count)
        for (place, distance) in distances.enumerated() {
            order[starts[Int(distance)]] = place
            starts[Int(distance)] += 1
        }
        return order
    }

    /// A question as integers, small enough that no sum of products reaches 2³¹: compilers turn sums of integers into vector
    /// instructions, as they cannot with sums of floats.
    private struct Question {
        let components: [Int16]
        let scale: Float

        init(_ vector: [Float]) {
            let largest = min(8191, Int(Int32.max) / 127 / max(1, vector.count))
            let scale = vector.reduce(0) { max($0, abs($1)) } / Float(largest)
            self.scale = scale
            components = vector.map { scale > 0 ? Int16(($0 / scale).rounded()) : 0 }
        }
    }

    private func cosine(at place: Int, to question: Question) -> Float {
        let start = place * dimensions
        return vectors.withUnsafeBufferPointer { vectors in
            question.components.withUnsafeBufferPointer { question in
                var sum: Int32 = 0
                for part in 0..<question.count {
                    sum &+= Int32(question[part]) &* Int32(vectors[start &+ part])
                }
                return Float(sum)
            }
        } * scales[place] * question.scale
    }
}
