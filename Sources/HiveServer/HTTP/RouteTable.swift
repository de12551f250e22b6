import HiveAPI

/// All routes, and which of them a request means.
struct RouteTable: Sendable {
    let routes: [Route]

    enum Match: Sendable {
        case route(Route, parameters: [String])
        /// The path is known, the method is not: these are.
        case otherMethods([String])
        case none
    }

    func match(method: String, path: [String]) -> Match {
        let wanted = method == "HEAD" ? "GET" : method
        var others: Set<String> = []
        for route in routes {
            guard let parameters = route.match(path) else { continue }
            if route.method == wanted { return .route(route, parameters: parameters) }
            others.insert(route.method)
        }
        return others.isEmpty ? .none : .otherMethods(others.sorted())
    }
}
