import HiveAPI

extension RESTInterface {
    /// Nothing from elsewhere, nothing inline, never inside another page.
    static let contentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        + "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    static func dashboardRoutes() -> [Route] {
        [
            page("/", "dashboard", "text/html; charset=utf-8", DashboardPage.html),
            page("/dashboard.css", "dashboardStyle", "text/css; charset=utf-8", DashboardStyle.css),
            page("/dashboard.js", "dashboardScript", "text/javascript; charset=utf-8", DashboardScript.javascript),
        ]
    }

    private static func page(_ template: String, _ operation: String, _ type: String, _ text: String) -> Route {
        Route(
            method: "GET", template: template, about: .init(operation, "A part of the dashboard.", .open),
            input: .nothing, output: .text(type)
        ) { _ in
            .text(
                text, type: type,
                headers: [
                    ("Content-Security-Policy", contentSecurityPolicy), ("X-Content-Type-Options", "nosniff"),
                    ("Referrer-Policy", "no-referrer"), ("Cache-Control", "no-cache"),
                ])
        }
    }
}
