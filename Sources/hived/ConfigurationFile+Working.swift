import HiveRules

extension ConfigurationFile {
    /// The keys of `working` and `links`. What their values must be is said where they are taken, for files and the
    /// environment alike; only the kinds that would be passed over there are refused here.
    static func checkWorking(_ reader: inout YAMLReader) throws(RuleError) {
        if var working = try reader.reader("working") {
            for key in ["budget", "threshold"] {
                guard let text = try working.text(key), Double(text) == nil else { continue }
                throw RuleError("`\(text)` is no number", at: working.location(of: key), hint: "use a number")
            }
            for key in ["halfLife", "retention"] {
                guard let text = try working.text(key), DurationText.seconds(text) == nil else { continue }
                throw RuleError("`\(text)` is no duration", at: working.location(of: key), hint: DurationText.advice)
            }
            try working.finish()
        }
        if var links = try reader.reader("links") {
            _ = try links.words("acyclic")
            try links.finish()
        }
    }
}
