import HiveAPI
import HiveCore

/// What earlier incidents teach about one.
extension Node {
    /// What shares no word with the question is hardly an answer below this score.
    private static let leastScore = 0.1
    /// What is less than this part of the best score is not told beside it.
    private static let leastShare = 0.2
    private static let mostSuggestions = 5

    func suggestions(_ id: String) async throws -> IncidentSuggestions {
        let now = kernel.surroundings.now()
        let (address, text) = try kernel.consult { replica, transaction in
            let state = try RecordView(&replica, transaction, now: now).find(id, .incident)
            let incident = Incident(state)
            let parts = [incident.title, incident.summary].compactMap(\.self) + incident.systems
            return (state.address, parts.joined(separator: "\n"))
        }
        let meaning = await meaning(of: MemoryQuery(q: text))
        return try kernel.consult { replica, transaction in
            let view = try RecordView(&replica, transaction, now: now)
            let similar = try self.alike(.incident, text, meaning, view, but: address).prefix(Self.mostSuggestions)
            let found = try self.alike(.runbook, text, meaning, view, but: address)
            let runbooks = try Self.runbooks(found, helping: Array(similar), view)
            return IncidentSuggestions(
                incidents: similar.map(Self.similar), runbooks: Array(runbooks.prefix(Self.mostSuggestions)))
        }
    }

    private typealias Alike = (state: DocumentState, score: Double)

    private func alike(
        _ type: RecordType, _ text: String, _ meaning: MeaningQuestion, _ view: RecordView, but address: DocumentAddress
    ) throws -> [Alike] {
        let list = RecordList(
            facets: [Facet("record", type.rawValue)], scope: nil, limit: 4 * Self.mostSuggestions, cursor: nil)
        let search = try list.query(view, text: text)
        let found = try nearest(search, meaning, in: view.view.transaction).filter {
            $0.address != address && ($0.words != nil || $0.score >= Self.leastScore)
        }
        let least = (found.first?.score ?? 0) * Self.leastShare
        return try found.filter { $0.score >= least }.compactMap { hit in
            try view.current(hit.address, search).map { (state: $0, score: hit.score) }
        }
    }

    private static func similar(_ found: Alike) -> SimilarIncident {
        let incident = Incident(found.state)
        return SimilarIncident(
            id: found.state.address.document.description, title: incident.title,
            severity: incident.severity.rawValue, status: incident.status.rawValue,
            resolution: incident.resolutions.first, score: found.score)
    }

    /// Runbooks that read alike, and those that ended a similar incident or were followed for one; these as high as the
    /// incident that they helped.
    private static func runbooks(
        _ found: [Alike], helping incidents: [Alike], _ view: RecordView
    ) throws -> [SuggestedRunbook] {
        var candidates: [DocumentAddress: SuggestedRunbook] = [:]
        for runbook in found { candidates[runbook.state.address] = suggested(runbook.state, score: runbook.score) }
        for incident in incidents {
            let id = incident.state.address.document.description
            for state in try helpers(of: incident.state, view) {
                var candidate = candidates[state.address] ?? suggested(state, score: 0)
                candidate.score = max(candidate.score, incident.score)
                if !candidate.helped.contains(id) { candidate.helped.append(id) }
                candidates[state.address] = candidate
            }
        }
        return candidates.values.sorted { left, right in
            if left.helped.isEmpty != right.helped.isEmpty { return right.helped.isEmpty }
            return left.score != right.score ? left.score > right.score : left.id < right.id
        }
    }

    private static func suggested(_ state: DocumentState, score: Double) -> SuggestedRunbook {
        let runbook = Runbook(state)
        return SuggestedRunbook(
            id: state.address.document.description, title: runbook.title, runs: runbook.runs.count,
            successes: runbook.count(.success), score: score)
    }

    /// Runbooks that an incident names as its resolution, and those that were followed for it and did not fail.
    private static func helpers(of state: DocumentState, _ view: RecordView) throws -> [DocumentState] {
        let links = (state[EngramField.links]?.elements ?? []).compactMap { link -> String? in
            guard case .array(let parts) = link, parts.count == 2, parts[0].text == "resolution" else { return nil }
            return parts[1].text
        }
        let linked = try links.flatMap { try view.view.transaction.documents.list(.prefix($0)) }
            .filter { view.view.lookup.scopes.contains($0.address.scope) && !$0.isForgotten && !$0.isErased }
        var followed = SearchQuery(limit: mostSuggestions)
        followed.facets = [
            Facet("record", RecordType.runbook.rawValue), Facet("helped", state.address.document.description),
        ]
        followed.scopes = view.view.lookup.scopes
        let runs = try view.view.transaction.index.search(followed).compactMap {
            try view.view.transaction.documents.state($0.address)
        }
        return (linked + runs).filter { Record($0)?.type == .runbook }
    }
}
