extension Engram {
    /// How many metadata entries of one memory can be filtered by, in the order of their keys.
    private static let filteredMetadata = 64

    /// What searches filter this memory by, beside its kind, scope, category, author and times.
    var facets: [Facet] {
        let texts: [(name: String, value: String?)] = [
            ("user", user), ("status", status), ("source", source), ("subject", subject), ("relation", relation),
            ("object", object), ("context", context), ("derivedFrom", derivedFrom),
        ]
        var facets = texts.compactMap { text in text.value.map { Facet(text.name, $0) } }
        facets += tags.map(Facet.tag)
        facets += metadata.prefix(Self.filteredMetadata).compactMap { Facet.metadata($0.key, $0.value) }
        return facets + beliefFacets + storyFacets + linkFacets + workingFacets + lifecycleFacets
            + (record?.facets ?? [])
    }
}
