/// What the nodes of a scope said by operations that they hold: of every log the farthest that a node spoke of.
/// Only grows: what was said once is never taken back, whatever order it is heard in.
public struct Acknowledged: Sendable, Hashable {
    private struct Place: Hashable {
        let node: NodeID
        let stream: Stream
        let log: LogID
    }

    private struct Extent: Hashable {
        var size: UInt64
        /// More than one where a node contradicted itself.
        var roots: Set<Digest>
    }

    private var extents: [Place: Extent] = [:]

    public init() {}

    /// Adds what an operation says, if it is an acknowledgement in its author's own log; true where it says anything new.
    @discardableResult
    public mutating func add(_ operation: Operation, of descriptor: LogDescriptor) -> Bool {
        guard operation.header.kind == .acknowledgement, let value = operation.statement,
            let said = Acknowledgement(value),
            operation.header.document == Acknowledgement.document(for: operation.dot.log)
        else { return false }
        return add(said, by: descriptor.author.nodeID, in: descriptor.stream)
    }

    @discardableResult
    public mutating func add(_ said: Acknowledgement, by node: NodeID, in stream: Stream) -> Bool {
        var isNews = false
        for extent in said.extents {
            let place = Place(node: node, stream: stream, log: extent.log)
            let known = extents[place]
            if let known, known.size > extent.size { continue }
            if let known, known.size == extent.size {
                let inserted = extents[place]?.roots.insert(extent.root).inserted ?? false
                isNews = isNews || inserted
            } else {
                extents[place] = Extent(size: extent.size, roots: [extent.root])
                isNews = true
            }
        }
        return isNews
    }

    /// How much of a log a node said that it holds; 0 where it said nothing.
    public func size(of log: LogID, in stream: Stream, by node: NodeID) -> UInt64 {
        extents[Place(node: node, stream: stream, log: log)]?.size ?? 0
    }

    /// Whether a node holds this much of a log, by its own word. Where it holds more, the roots are compared by those who
    /// have the operations.
    func reaches(_ extent: LogExtent, in stream: Stream, by node: NodeID) -> Bool {
        guard let known = extents[Place(node: node, stream: stream, log: extent.log)] else { return false }
        return known.size > extent.size || (known.size == extent.size && known.roots.contains(extent.root))
    }

    /// Whether a node said that it holds what a seal seals, and the seal itself.
    package func covers(_ seal: Seal, at dot: Dot, by node: NodeID) -> Bool {
        size(of: dot.log, in: .law, by: node) >= dot.number
            && seal.streams.allSatisfy { stream, sealed in
                sealed.allSatisfy { reaches($0, in: stream, by: node) }
            }
    }
}
