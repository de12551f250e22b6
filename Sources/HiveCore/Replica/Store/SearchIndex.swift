/// The facet that finds documents by words and by their fields. A projection with no say in what is true.
public protocol SearchIndex {
    /// Adds or replaces the entry of a document.
    func put(_ entry: IndexEntry) throws
    func remove(_ address: DocumentAddress) throws
    /// Hits, best first; ties and listings by time of change, newest first, then by address.
    func search(_ query: SearchQuery) throws -> [SearchHit]
    /// What the score of an entry that answers all words of a text cannot exceed: 2.2 times the sum of the words' inverse
    /// frequencies, where a word that no entry has counts as the rarest. 0 for a text without words.
    func ceiling(for text: String) throws -> Double
    /// How many entries there are.
    func count() throws -> Int
    func removeAll() throws
}
