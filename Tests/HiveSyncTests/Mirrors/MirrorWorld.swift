import HiveCore
import HiveSync
import HiveTesting

/// Two nodes that talk about backups over a network that may lose, repeat and exchange what they say.
struct MirrorWorld {
    struct Side {
        let node: NodeID
        var session: MirrorSession
        let shelf = InMemoryMirrorShelf()
        var backups: [MirrorOffer] = []
        var copies = 0
        var accepts: Int? = 1 << 30
        var fetched: [MirrorName: String?] = [:]
    }

    /// Per hundred messages.
    struct Faults {
        var loss = 0
        var repetition = 0
        var exchange = 0
    }

    var sides: [Side]
    var faults = Faults()
    /// How often each kind of thing happened, so that a test can tell that it did.
    var sent = (messages: 0, chunkBytes: 0)
    private var wire: [(to: Int, message: MirrorMessage)] = []
    private var now: Int64 = 0
    private var random: SeededRandom

    init(seed: UInt64 = 1, names: [UInt8] = [1, 2]) {
        random = SeededRandom(seed: seed)
        let nodes = names.map { NodeID(.sha256([$0])) }
        sides = [(0, 1), (1, 0)].map {
            Side(node: nodes[$0.0], session: MirrorSession(node: nodes[$0.0], peer: nodes[$0.1]))
        }
    }

    /// A backup's bytes tell its number and every place in it apart.
    static func bytes(_ number: Int, _ size: Int) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8 &+ number &* 7) }
    }

    static func id(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    static func offer(_ number: Int, size: Int) -> MirrorOffer {
        MirrorOffer(
            id: id(number), size: size, digest: .sha256(bytes(number, size)),
            created: Timestamp(milliseconds: Int64(number)), keptUntil: Timestamp(milliseconds: 1_000_000))
    }

    mutating func make(_ number: Int, size: Int, at side: Int) {
        sides[side].backups.insert(Self.offer(number, size: size), at: 0)
    }

    /// The process at a side ends and begins again: what was on its way is gone, its disk is not.
    mutating func restart(_ side: Int) {
        wire = []
        for index in 0...1 {
            sides[index].session = MirrorSession(node: sides[index].node, peer: sides[1 - index].node)
        }
    }

    mutating func step() {
        now += 1000
        for side in 0...1 {
            let backups = sides[side].backups
            let wanted = backups.prefix(sides[side].copies)
            happen(
                .planned(
                    MirrorPlan(
                        known: Set(backups.map(\.id)), wanted: Set(wanted.map(\.id)), offers: Array(wanted))), at: side)
            happen(.tick, at: side)
        }
        var deliveries = 0
        while !wire.isEmpty, deliveries < 400 {
            deliveries += 1
            deliver()
        }
    }

    mutating func run(steps: Int) { for _ in 0..<steps { step() } }

    private mutating func deliver() {
        var place = 0
        if random.chance(faults.exchange) { place = Int.random(in: 0..<wire.count, using: &random) }
        let (side, message) = wire.remove(at: place)
        if random.chance(faults.loss) { return }
        if random.chance(faults.repetition) { wire.append((side, message)) }
        happen(.received(message), at: side)
    }

    mutating func happen(_ event: MirrorEvent, at side: Int) {
        var events = [event]
        while !events.isEmpty {
            for directive in sides[side].session.handle(events.removeFirst(), now: now) {
                if let answer = perform(directive, at: side) { events.append(answer) }
            }
        }
    }

    private mutating func send(_ message: MirrorMessage, from side: Int) {
        sent.messages += 1
        if case .chunk(_, _, let bytes) = message { sent.chunkBytes += bytes.count }
        wire.append((1 - side, message))
    }

    private mutating func perform(_ directive: MirrorDirective, at side: Int) -> MirrorEvent? {
        let (node, shelf) = (sides[side].node, sides[side].shelf)
        switch directive {
        case .send(let message): send(message, from: side)
        case .begin(let offer, let name):
            guard name.owner == node || sides[side].accepts != nil else {
                return .failed(name, code: "not_accepted", message: "no")
            }
            return answering(name) {
                .begun(try shelf.begin(offer, of: name.owner, limit: name.owner == node ? nil : sides[side].accepts))
            }
        case .append(let bytes, let offset, let name):
            return answering(name) { .appended(name, try shelf.append(bytes, at: offset, to: name)) }
        case .finish(let name):
            let path = name.owner == node ? "fetched/\(name.id)" : nil
            return answering(name) { .finished(name, isRight: try shelf.finish(name, to: path)) }
        case .serve(let name, let offset):
            let bytes =
                name.owner == node
                ? own(name.id, offset, side)
                : try? shelf.read(
                    name, at: offset, count: MirrorMessage.maximumChunk)
            if let bytes, !bytes.isEmpty { send(.chunk(name, offset: offset, bytes), from: side) }
        case .list:
            let entries = ((try? shelf.all()) ?? []).filter { $0.owner == sides[1 - side].node }.map {
                MirrorMessage.Entry(offer: $0.offer, held: $0.held, isWhole: $0.isWhole)
            }
            send(.listing(entries), from: side)
        case .drop(let name): try? shelf.drop(name)
        case .fetched(let name, let problem): sides[side].fetched[name] = problem
        }
        return nil
    }

    private func own(_ id: String, _ offset: Int, _ side: Int) -> [UInt8]? {
        guard let offer = sides[side].backups.first(where: { $0.id == id }) else { return nil }
        let bytes = Self.bytes(Int(id, radix: 16) ?? 0, offer.size)
        return Array(bytes.dropFirst(offset).prefix(MirrorMessage.maximumChunk))
    }

    private func answering(_ name: MirrorName, _ work: () throws -> MirrorEvent) -> MirrorEvent {
        do { return try work() } catch { return .failed(name, code: "failed", message: "\(error)") }
    }

    /// What one side holds whole for the other, by id.
    func whole(at side: Int) throws -> [String] {
        try sides[side].shelf.all().filter { $0.isWhole && $0.owner == sides[1 - side].node }.map(\.offer.id)
    }
}
