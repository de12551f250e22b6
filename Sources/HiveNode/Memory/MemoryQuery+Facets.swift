import HiveAPI
import HiveCore

extension MemoryQuery {
    /// The filters that are facets. Throws `invalid_input` where a metadata entry is not written as `KEY=VALUE`.
    func facets() throws(HiveError) -> [Facet] {
        let texts: [(name: String, value: String?)] = [
            ("user", user), ("context", context), ("status", status), ("source", source), ("subject", subject),
            ("relation", relation), ("object", object),
        ]
        var facets = texts.compactMap { text in text.value.map { Facet(text.name, $0) } } + tag.map(Facet.tag)
        if let outcome { facets.append(.outcome(outcome == "open" ? nil : outcome)) }
        for entry in meta {
            let parts = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw HiveError(.invalidInput, "`\(entry)` is no KEY=VALUE", hint: "write it like owner=platform")
            }
            facets.append(Facet("metadata.\(parts[0])", String(parts[1])))
        }
        return facets
    }
}
