public import HiveCore
public import HiveSync

/// What every `PeerTransport` must do. Run each check against an implementation of your own:
///
/// ```swift
/// @Test("The transport keeps its contract", arguments: PeerTransportContract.Check.allCases)
/// func contract(_ check: PeerTransportContract.Check) async throws {
///     try await PeerTransportContract(address: loopback) { try makeNode() }.verify(check)
/// }
/// ```
public struct PeerTransportContract: Sendable {
    /// A node of the test's own network: its key, and the transport that proves it.
    public struct Node: Sendable {
        public let key: PublicKey
        public let transport: any PeerTransport

        public init(key: PublicKey, transport: any PeerTransport) {
            self.key = key
            self.transport = transport
        }
    }

    /// One promise of the contract.
    public enum Check: String, Sendable, CaseIterable {
        case bothSidesKnowTheOther
        case lanesKeepOrder
        case largeMessagesArriveWhole
        case manySmallMessagesArrive
        case emptyMessagesArrive
        case bothDirectionsAtOnce
        case emergencyOvertakesBulk
        case fullLaneMakesSendersWait
        case cancelledSendIsNotSent
        case wrongPeerIsRefused
        case closeEndsTheOtherSide
        case closeSendsWhatWasTaken
        case sendAfterCloseThrows
        case endOfAcceptClosesConnection
        case manyConnections
        case takenAddressIsRefused
        case cancelledListenFreesAddress
        case nobodyAtAddress
    }

    private let address: PeerAddress
    private let makeNode: @Sendable () throws -> Node

    /// `address` is where nodes listen, with port 0; `makeNode` makes a new node of one network with a key of its own.
    public init(address: PeerAddress, makeNode: @Sendable @escaping () throws -> Node) {
        self.address = address
        self.makeNode = makeNode
    }

    /// Checks everything. Throws a `ContractViolation` for the first promise that is not kept.
    public func verify() async throws {
        for check in Check.allCases { try await verify(check) }
    }

    /// Checks one promise. Throws a `ContractViolation` if it is not kept, other errors if the check could not be made.
    public func verify(_ check: Check) async throws {
        switch check {
        case .bothSidesKnowTheOther: try await bothSidesKnowTheOther()
        case .lanesKeepOrder: try await lanesKeepOrder()
        case .largeMessagesArriveWhole: try await largeMessagesArriveWhole()
        case .manySmallMessagesArrive: try await manySmallMessagesArrive()
        case .emptyMessagesArrive: try await emptyMessagesArrive()
        case .bothDirectionsAtOnce: try await bothDirectionsAtOnce()
        case .emergencyOvertakesBulk: try await emergencyOvertakesBulk()
        case .fullLaneMakesSendersWait: try await fullLaneMakesSendersWait()
        case .cancelledSendIsNotSent: try await cancelledSendIsNotSent()
        case .wrongPeerIsRefused: try await wrongPeerIsRefused()
        case .closeEndsTheOtherSide: try await closeEndsTheOtherSide()
        case .closeSendsWhatWasTaken: try await closeSendsWhatWasTaken()
        case .sendAfterCloseThrows: try await sendAfterCloseThrows()
        case .endOfAcceptClosesConnection: try await endOfAcceptClosesConnection()
        case .manyConnections: try await manyConnections()
        case .takenAddressIsRefused: try await takenAddressIsRefused()
        case .cancelledListenFreesAddress: try await cancelledListenFreesAddress()
        case .nobodyAtAddress: try await nobodyAtAddress()
        }
    }

    /// Two nodes that are connected: one dialled, the other accepted.
    struct Pair: Sendable {
        let dialling: any PeerConnection
        let accepted: any PeerConnection
        let dialler: Node
        let listener: Node
    }

    /// Connects two new nodes for as long as `body` runs.
    func withPair(_ body: @Sendable @escaping (Pair) async throws -> Void) async throws {
        let (dialler, listener) = (try makeNode(), try makeNode())
        let (arrivals, arrival) = AsyncStream<any PeerConnection>.makeStream()
        try await withListener(listener, accept: { await Self.hold($0, arrival) }) { bound in
            let dialling = try await dialler.transport.connect(to: bound, expecting: listener.key.nodeID)
            let accepted = try await Self.first(of: arrivals, "the listener accepted nothing")
            try await body(Pair(dialling: dialling, accepted: accepted, dialler: dialler, listener: listener))
            await dialling.close()
        }
    }

    /// Runs `body` with the address that a node listens on; the listener ends with it.
    func withListener(
        _ node: Node, on address: PeerAddress? = nil,
        accept: @Sendable @escaping (any PeerConnection) async -> Void,
        _ body: @Sendable @escaping (PeerAddress) async throws -> Void
    ) async throws {
        let (addresses, opened) = AsyncStream<PeerAddress>.makeStream()
        let place = address ?? self.address
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { opened.finish() }
                try await node.transport.listen(on: place, opened: { opened.yield($0) }, accept: accept)
            }
            group.addTask {
                var iterator = addresses.makeAsyncIterator()
                guard let bound = await iterator.next() else { return }
                try await body(bound)
                throw Finished()
            }
            do {
                while try await group.next() != nil {}
            } catch is Finished {
                group.cancelAll()
                while try await group.next() != nil {}
            }
        }
    }

    /// Keeps an accepted connection until the listener is cancelled.
    static func hold(
        _ connection: any PeerConnection, _ arrival: AsyncStream<any PeerConnection>.Continuation
    ) async {
        arrival.yield(connection)
        for await _ in AsyncStream<Never>.makeStream().stream {}
    }

    static func first<Element: Sendable>(of stream: AsyncStream<Element>, _ complaint: String) async throws -> Element {
        var iterator = stream.makeAsyncIterator()
        guard let element = await iterator.next() else { throw ContractViolation(complaint) }
        return element
    }

    func newNode() throws -> Node { try makeNode() }
    var listenAddress: PeerAddress { address }

    private struct Finished: Error {}
}
