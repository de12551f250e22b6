/// What the macros over lists and maps become.
public struct Comprehension: Sendable {
    public let kind: Kind
    public let range: Expression
    /// One name for the element (of a map: the key), or two for index and element (of a map: key and value).
    public let variables: [String]
    /// The predicate of `all`, `exists`, `existsOne` and `filter`; the optional filter of the others.
    public let predicate: Expression?
    /// What `map` and its kin make of each element; the sort key of `sortBy`; the key of `transformMap` is kept.
    public let transform: Expression?

    public init(
        _ kind: Kind, range: Expression, variables: [String], predicate: Expression? = nil, transform: Expression? = nil
    ) {
        self.kind = kind
        self.range = range
        self.variables = variables
        self.predicate = predicate
        self.transform = transform
    }

    /// The macro's name in the source.
    public enum Kind: String, Sendable {
        case all
        case exists
        case existsOne = "exists_one"
        case map
        case filter
        case transformList
        case transformMap
        case transformMapEntry
        case sortBy
    }
}
