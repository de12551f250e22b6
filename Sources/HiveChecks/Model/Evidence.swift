/// What a verdict rests on: a place in a file, the thing that stands there, and what is the matter with it.
public struct Evidence: Sendable, Hashable {
    public let path: String
    /// From 1.
    public let line: Int
    /// Of the service, the image, the metric and so on.
    public let name: String
    /// What was found, with the values that mattered.
    public let text: String

    public init(path: String, line: Int, name: String, text: String) {
        self.path = path
        self.line = line
        self.name = name
        self.text = text
    }
}
