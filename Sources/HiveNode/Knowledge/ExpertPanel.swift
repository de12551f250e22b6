import HiveAPI
import HiveCore

/// Gathers what speaks for somebody's knowing about a matter.
///
/// Each piece of evidence has a weight between 0 and 1 and takes that share of the doubt that is left, so that many weak ones
/// never outweigh all, and nobody is certain.
struct ExpertPanel {
    private let now: Timestamp
    private var evidence: [SoftKey: [KnowledgeEvidence]] = [:]

    /// What a declaration counts at most: it is claimed, and not shown.
    private static let declared = 0.4
    /// A completed task counts less as it grows old: by half in half a year.
    private static let taskHalfLife = HalfLife.days(180)
    /// Pieces of evidence that are shown of one agent.
    private static let shown = 5
    /// What is no evidence of anything.
    private static let least = 0.02

    init(now: Timestamp) { self.now = now }

    /// A memory speaks for its author. Its score is already weighed by recency, confidence and trust.
    mutating func hear(_ hit: MemoryHit) {
        let memory = hit.memory
        guard let agent = memory.author.agent, let node = NodeID(hex: memory.author.node) else { return }
        add(
            KnowledgeEvidence(
                kind: "memory", id: memory.id, text: String((memory.content ?? "").prefix(160)), weight: hit.score,
                at: memory.updatedAt), to: SoftKey(node: node, key: agent))
    }

    /// So does a task that was completed.
    mutating func hear(_ task: PastTask, trust: Double) {
        let age = max(0, now.milliseconds(since: task.completedAt) / 1000)
        let weight = task.score * trust * Self.taskHalfLife.share(after: age)
        add(
            KnowledgeEvidence(
                kind: "task", id: task.id, text: String(task.title.prefix(160)), weight: weight,
                at: task.completedAt.rfc3339), to: SoftKey(node: task.node, key: task.agent))
    }

    /// And what an agent says that it can do, by the share of the question's words that it names.
    mutating func hear(_ entry: AgentRoster.Entry, about question: String, trust: Double) {
        let asked = Set(Self.words(of: question))
        let named = asked.intersection(Self.words(of: entry.words.joined(separator: " ")))
        guard !asked.isEmpty, !named.isEmpty else { return }
        let weight = Self.declared * trust * Double(named.count) / Double(asked.count)
        add(
            KnowledgeEvidence(
                kind: "capability", text: "says so of itself: " + named.sorted().joined(separator: ", "),
                weight: weight), to: SoftKey(node: entry.node, key: entry.name))
    }

    private static func words(of text: String) -> [String] {
        SearchText.terms(of: text.replacing("_", with: " ").replacing("-", with: " "))
    }

    private mutating func add(_ piece: KnowledgeEvidence, to agent: SoftKey) {
        guard piece.weight >= Self.least else { return }
        var piece = piece
        piece.weight = min(piece.weight, 1)
        evidence[agent, default: []].append(piece)
    }

    /// The best first; of equals in order of name and node.
    func experts(limit: Int, _ roster: AgentRoster) -> [Expert] {
        let found = evidence.map { agent, pieces -> Expert in
            let sorted = pieces.sorted { ($0.weight, $1.text) > ($1.weight, $0.text) }
            let doubt = pieces.reduce(1) { $0 * (1 - $1.weight) }
            let known = roster.entries.filter { $0.name == agent.key && $0.node == agent.node }
            let entry = known.first { $0.state != .retired } ?? known.first
            return Expert(
                agent: agent.key, node: agent.node.description, address: roster.address(agent.key, at: agent.node),
                score: 1 - doubt, state: entry?.state.rawValue, role: entry?.profile?.role,
                lastSeen: entry?.lastSeen?.rfc3339, evidence: Array(sorted.prefix(Self.shown)))
        }
        return Array(
            found.sorted { $0.score == $1.score ? $0.address < $1.address : $0.score > $1.score }.prefix(limit))
    }
}
