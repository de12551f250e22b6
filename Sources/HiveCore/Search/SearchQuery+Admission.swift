extension SearchQuery {
    /// Whether an entry passes all filters; what its text says does not matter.
    public func admits(_ entry: IndexEntry) -> Bool {
        if let scopes, !scopes.contains(entry.address.scope) { return false }
        if let kinds, !kinds.contains(entry.kind) { return false }
        if let category, entry.category != category { return false }
        if let agent, entry.agent != agent { return false }
        if let since, entry.updated < since { return false }
        if let until, entry.began >= until { return false }
        if let now, let expires = entry.expires, expires <= now { return false }
        if let minimumConfidence, (entry.confidence ?? -1) < minimumConfidence { return false }
        return facets.allSatisfy(entry.facets.contains) && !excluded.contains(where: entry.facets.contains)
    }
}
