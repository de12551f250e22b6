import CHiveDashboard
import HiveCore

/// The dashboard's files, which are part of the binary, and the headers that they are sent with.
struct DashboardPages: Sendable {
    /// One file as it is sent.
    struct Page: Sendable {
        let name: String
        let type: String
        let bytes: [UInt8]
        /// In quotes.
        let tag: String
    }

    /// Read when somebody first looks at the dashboard.
    static let all = DashboardPages()

    let pages: [String: Page]
    /// Changes with any of the files, and is the folder that they are under: what it names may be kept for ever.
    let version: String
    /// Where all others are named: asked for anew each time.
    let index: Page

    private init() {
        let files = (0..<hive_page_count()).map { number in
            let page = hive_page_at(number)
            return (
                name: String(cString: page.name),
                bytes: Array(UnsafeBufferPointer(start: page.bytes, count: page.count))
            )
        }
        let hashes = files.map { Digest.sha256(domain: Self.domain, $0.bytes).hex }
        let version = String(Digest.sha256(domain: Self.domain, Array(hashes.joined().utf8)).hex.prefix(16))
        let all = zip(files, hashes).map { file, hash in
            Page(name: file.name, type: Self.type(of: file.name), bytes: file.bytes, tag: "\"\(hash.prefix(32))\"")
        }
        pages = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.version = version
        let template = pages["index.html"].map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
        let html = template.split(separator: "{{version}}", omittingEmptySubsequences: false).joined(separator: version)
        index = Page(
            name: "index.html", type: Self.type(of: "index.html"), bytes: Array(html.utf8), tag: "\"\(version)\"")
    }

    private static let domain = "hive/1/page"

    private static func type(of name: String) -> String {
        switch name.split(separator: ".").last {
        case "html": "text/html; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "svg": "image/svg+xml"
        default: "text/javascript; charset=utf-8"
        }
    }
}

extension DashboardPages {
    /// Nothing from elsewhere, nothing inline, never inside another page, and no text is ever read as markup.
    static let contentSecurityPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src 'self'",
        "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ].joined(separator: "; ")

    static let headers: [(name: String, value: String)] = [
        ("Content-Security-Policy", contentSecurityPolicy), ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"), ("X-Frame-Options", "DENY"),
    ]
}
