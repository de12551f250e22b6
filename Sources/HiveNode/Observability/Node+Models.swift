import HiveAPI
import HiveCore

/// How it is with the models that a node uses.
extension Node {
    var meaningStatus: MeaningStatus? {
        guard let succession else { return nil }
        let current = succession.current
        var status = MeaningStatus(model: current.embedder.model, memories: current.count, unseen: current.unseen)
        status.former = succession.former?.embedder.model
        status.problem = current.problem
        guard let server = current.embedder.server else { return status }
        (status.provider, status.url) = (server.provider, server.url)
        status.circuits = server.circuits.mapValues(\.rawValue)
        status.requests = Int(clamping: server.requests)
        status.failures = Int(clamping: server.failures)
        status.refused = Int(clamping: server.refused)
        return status
    }

    /// What keeps memories from being found by their meaning, and texts from being summarised.
    var modelProblems: [String] {
        var problems: [String] = []
        if let meaning, let problem = meaning.problem {
            let awaited = meaning.unseen > 0 ? " (\(meaning.unseen) memories await their vectors)" : ""
            let model = meaning.embedder.model
            problems.append("memories are not found by what they mean to \(model)\(awaited): \(problem)")
        }
        if let problem = summarizer?.server?.problem { problems.append("nothing is summarised: \(problem)") }
        return problems
    }

    var meaningSamples: [MetricSample] {
        guard let meaning else { return [] }
        return [
            MetricSample(
                name: "hive_meaning_memories", type: .gauge, help: "Memories that are found by what they mean.",
                value: Double(meaning.count)),
            MetricSample(
                name: "hive_meaning_unseen", type: .gauge, help: "Changed memories whose meaning was not taken up yet.",
                value: Double(meaning.unseen)),
            MetricSample(
                name: "hive_searches_degraded_total", type: .counter,
                help: "Searches that were answered without the model that was chosen.",
                value: counters["searches_degraded"]),
        ]
    }

    var modelServerSamples: [MetricSample] {
        let reports = [meaning?.embedder.server, summarizer?.server].compactMap { $0 }
        var samples = reports.flatMap { report in
            report.circuits.sorted { $0.key < $1.key }.map { purpose, circuit in
                MetricSample(
                    name: "agent_circuit_breaker_state", type: .gauge,
                    help: "Whether a model server is called: 0 yes, 1 once to see whether it is back, 2 no.",
                    labels: ["circuit": purpose], value: Self.number(circuit))
            }
        }
        for (name, help, value) in Self.callSamples {
            let total = reports.reduce(0) { $0 + Double($1[keyPath: value]) }
            if !reports.isEmpty { samples.append(MetricSample(name: name, type: .counter, help: help, value: total)) }
        }
        if reports.contains(where: { $0.provider == "ollama" }) {
            let embeds = meaning?.embedder.server?.provider == "ollama"
            samples.append(
                MetricSample(
                    name: "agent_ollama_queue_depth", type: .gauge, help: "Texts that wait for the Ollama server.",
                    value: embeds ? Double(meaning?.unseen ?? 0) : 0))
        }
        return samples
    }

    private static var callSamples: [(String, String, KeyPath<ModelServerReport, UInt64>)] {
        [
            ("hive_model_requests_total", "Calls to model servers.", \.requests),
            ("hive_model_failures_total", "Calls to model servers that failed.", \.failures),
            ("hive_model_refused_total", "Texts that a model server would not embed.", \.refused),
        ]
    }

    private static func number(_ circuit: ModelServerReport.Circuit) -> Double {
        switch circuit {
        case .closed: 0
        case .halfOpen: 1
        case .open: 2
        }
    }
}
