import HiveAPI

/// All routes, and which of them a request means.
struct RouteTable: Sendable {
    let routes: [Route]
    /// Routes by how many parts their paths have, each with its parts: a request is held against few of them, and no
    /// template is cut up for it.
    private let byLength: [Int: [(parts: [Substring], route: Route)]]

    init(routes: [Route]) {
        self.routes = routes
        byLength = Dictionary(grouping: routes.map { ($0.parts, $0) }) { $0.0.count }
    }

    enum Match: Sendable {
        case route(Route, parameters: [String])
        /// The path is known, the method is not: these are.
        case otherMethods([String])
        case none
    }

    func match(method: String, path: [String]) -> Match {
        let wanted = method == "HEAD" ? "GET" : method
        let found = (byLength[path.count] ?? []).compactMap { parts, route in
            Self.parameters(of: path, in: parts).map { (route: route, parameters: $0) }
        }
        // What is spelled out is meant before what fits a parameter: `/memories/stats` is no memory.
        guard let template = found.min(by: { $0.parameters.count < $1.parameters.count })?.route.template else {
            return .none
        }
        let meant = found.filter { $0.route.template == template }
        guard let match = meant.first(where: { $0.route.method == wanted }) else {
            return .otherMethods(Set(meant.map(\.route.method)).sorted())
        }
        return .route(match.route, parameters: match.parameters)
    }

    /// The values of a template's parameters if the path, which has as many parts, fits it.
    private static func parameters(of path: [String], in parts: [Substring]) -> [String]? {
        var values: [String] = []
        for (part, value) in zip(parts, path) {
            if part.utf8.first == 0x7B { values.append(value) } else if part != value { return nil }
        }
        return values
    }
}
