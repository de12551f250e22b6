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
        let found = routes.compactMap { route in route.match(path).map { (route: route, parameters: $0) } }
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
}
