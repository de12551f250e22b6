import HiveCore

/// What tells one state of a thing from another, and answers that are not sent again.
enum EntityTags {
    /// The reply to a GET with a tag, or 304 where the caller has it already. Without its body for a HEAD.
    static func settle(_ reply: HTTPReply, for call: HTTPCall) -> HTTPReply {
        var reply = reply
        if reply.status == 200, reply.stream == nil {
            let tag = reply.header("ETag") ?? tag(of: reply)
            if reply.header("ETag") == nil { reply.headers.append(("ETag", tag)) }
            if let known = call.header("if-none-match"), holds(known, tag) {
                let kept = reply.headers.filter { $0.name != "Content-Type" }
                return HTTPReply(status: 304, headers: kept)
            }
        }
        if call.method == "HEAD" { (reply.body, reply.stream) = ([], nil) }
        return reply
    }

    /// A weak tag: it says that two answers mean the same.
    private static func tag(of reply: HTTPReply) -> String {
        "W/\"\(Digest.sha256(domain: "hive/1/answer", reply.body).hex.prefix(32))\""
    }

    /// Whether a tag is among those of an `If-None-Match`, weak or not.
    private static func holds(_ known: String, _ tag: String) -> Bool {
        let plain = strong(tag[...])
        return known.split(separator: ",").map { $0.drop { $0 == " " } }.contains { candidate in
            let candidate = candidate.prefix { $0 != " " }
            return candidate == "*" || strong(candidate) == plain
        }
    }

    private static func strong(_ tag: Substring) -> Substring { tag.hasPrefix("W/") ? tag.dropFirst(2) : tag }
}

extension HTTPReply {
    /// The first header of this name.
    fileprivate func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}
