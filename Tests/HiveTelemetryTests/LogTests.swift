import Foundation
import HiveAPI
import Logging
import Synchronization
import Testing

@testable import HiveTelemetry

@Suite struct LogTests {
    /// A folder of its own, and a clock that stands.
    private final class Desk: Sendable {
        let folder = NSTemporaryDirectory() + "hive-log-\(UUID().uuidString)"
        private let time = Mutex(Date(timeIntervalSince1970: 1_800_000_000))

        init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
        deinit {
            do { try FileManager.default.removeItem(atPath: folder) } catch { Issue.record(error) }
        }

        var file: String { folder + "/hived.log" }
        var now: Date { time.withLock { $0 } }
        func advance(_ seconds: Double) { time.withLock { $0 += seconds } }

        func output(_ adjust: (inout LogSettings) -> Void = { _ in }) throws -> LogOutput {
            var settings = LogSettings()
            settings.file = file
            adjust(&settings)
            return try LogOutput(settings, now: { self.now })
        }

        func files() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }
        func text(_ name: String = "hived.log") throws -> String {
            try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
        }
    }

    @Test("A line of JSON holds what was said, and one line for people does")
    func formats() throws {
        let desk = try Desk()
        let output = try desk.output()
        for format in LogSettings.Format.allCases {
            let levels = LogLevels(.info)
            var logger = Logger(label: "test") { label in
                HiveLogHandler(label: label, format: format, levels: levels, output: output)
            }
            logger[metadataKey: "peer"] = "a\nb"
            logger.info("two\nlines \u{1B}[31m", metadata: ["count": "3"])
            logger.debug("not told")
        }
        let lines = try desk.text().split(separator: "\n").map(String.init)
        #expect(lines.count == 2)
        #expect(lines[0] == "2027-01-15T08:00:00.000Z info test: two\\nlines \\u{1b}[31m [count: 3, peer: a\\nb]")
        let json = try JSONValue(parsing: Array(lines[1].utf8))
        #expect(json["time"] == "2027-01-15T08:00:00.000Z" && json["level"] == "info" && json["logger"] == "test")
        #expect(json["message"] == "two\nlines \u{1B}[31m" && json["peer"] == "a\nb" && json["count"] == "3")
    }

    @Test("A file that was put aside and could not be opened anew is opened at the next line")
    func openedLate() throws {
        let desk = try Desk()
        var settings = LogSettings()
        settings.size = 10
        var file = try RotatingLogFile(path: desk.file, settings: settings, now: desk.now)
        let first = file.write(Array("the first\n".utf8), at: desk.now)
        try FileManager.default.moveItem(atPath: desk.file, toPath: desk.file + "-20270115T080000.000Z")
        let second = file.write(Array("the second\n".utf8), at: desk.now)
        #expect(first && second)
        #expect(try desk.text() == "the second\n")
    }

    @Test("One file on the shelf that cannot be looked after does not keep the others")
    func stubbornFile() throws {
        let desk = try Desk()
        let names = ["hived.log-20260115T080000.000Z", "hived.log-20260116T080000.000Z"]
        // A folder cannot be compressed.
        try FileManager.default.createDirectory(atPath: "\(desk.folder)/\(names[0])", withIntermediateDirectories: true)
        try "old".write(toFile: "\(desk.folder)/\(names[1])", atomically: true, encoding: .utf8)
        let shelf = LogShelf(path: desk.file, compresses: true, retention: .max)
        #expect(throws: (any Error).self) { try shelf.tidy(now: desk.now) }
        #expect(try desk.files() == [names[0], names[1] + ".gz"])
    }

    @Test("A level that changes holds for loggers that are in use")
    func levels() throws {
        let desk = try Desk()
        let (output, levels) = (try desk.output(), LogLevels(.warning))
        let logger = Logger(label: "test") {
            HiveLogHandler(label: $0, format: .text, levels: levels, output: output)
        }
        logger.info("quiet")
        levels.current = .debug
        logger.debug("loud")
        #expect(try !desk.text().contains("quiet") && desk.text().contains("loud"))
    }

    @Test("A file is put aside before it is too large, compressed, and every line is kept")
    func size() throws {
        let desk = try Desk()
        // Files have the times of the system, whatever the desk's clock says: none of them is too old.
        let output = try desk.output { ($0.size, $0.retention) = (4096, .max) }
        for number in 0..<200 { output.write("line \(number) " + String(repeating: "x", count: 60)) }
        let files = try desk.files()
        #expect(files.count > 3, "\(files)")
        try output.tidy()
        let packed = try desk.files().filter { $0.hasSuffix(".gz") }
        #expect(packed.count == files.count - 1)
        var numbers: Set<Int> = []
        for name in packed {
            let process = Process()
            let pipe = Pipe()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = ["gzip", "-dc", desk.folder + "/" + name]
            process.standardOutput = pipe
            try process.run()
            let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            #expect(process.terminationStatus == 0 && text.utf8.count <= 4096)
            numbers.formUnion(text.split(separator: "\n").compactMap { Int($0.split(separator: " ")[1]) })
        }
        numbers.formUnion(try desk.text().split(separator: "\n").compactMap { Int($0.split(separator: " ")[1]) })
        #expect(numbers == Set(0..<200))
    }

    @Test("A file is put aside when it is old, counted from its first line, after a restart too")
    func age() throws {
        let desk = try Desk()
        var output = try desk.output { $0.age = 3600 }
        output.write("\(desk.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))) info a: first")
        desk.advance(1800)
        output = try desk.output { $0.age = 3600 }
        output.write("second")
        #expect(try desk.files() == ["hived.log"])
        desk.advance(1800)
        output.write("third")
        #expect(try desk.files() == ["hived.log", "hived.log-20270115T090000.000Z"])
        #expect(try desk.text() == "third\n")
    }

    @Test("What is older than it is to be kept goes, and nothing that is not a log of this node")
    func retention() throws {
        let desk = try Desk()
        let output = try desk.output {
            $0.compresses = false; $0.retention = 60
        }
        for name in ["hived.log-20200101T000000.000Z.gz", "hived.log-notes", "other.log-20200101T000000.000Z"] {
            let path = desk.folder + "/" + name
            try "x".write(toFile: path, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes(
                [.modificationDate: desk.now.addingTimeInterval(-61)], ofItemAtPath: path)
        }
        output.write("now")
        try output.tidy()
        #expect(try desk.files() == ["hived.log", "hived.log-notes", "other.log-20200101T000000.000Z"])
    }

    @Test("A file that somebody moved away is opened anew")
    func reopening() throws {
        let desk = try Desk()
        let output = try desk.output()
        output.write("before")
        try FileManager.default.moveItem(atPath: desk.file, toPath: desk.folder + "/moved")
        output.write("still there")
        try output.reopen()
        output.write("after")
        #expect(try desk.text("moved") == "before\nstill there\n" && desk.text() == "after\n")
    }

    @Test("A file that cannot be opened is refused with advice")
    func refusal() throws {
        let desk = try Desk()
        #expect(throws: HiveError(.invalidInput, "")) {
            _ = try desk.output { $0.file = desk.folder + "/no/where.log" }
        }
    }

    @Test(
        "Tokens are hidden, and words that only look like them are not",
        arguments: [
            ("token hive_abcdefghijklmnopqrstuvwxyz0123 was shown", "token <hidden> was shown"),
            ("Authorization: Bearer abcdefghijklmnopqrstuvwxyz", "Authorization: <hidden>"),
            ("paste hive1-QUJDREVGR0hJSktMTU5PUFFSU1RVVldY.", "paste <hidden>"),
            ("hive_sync_total is a metric", "hive_sync_total is a metric"), ("nothing", "nothing"),
            ("hive_a hive_abcdefghijklmnopqrstuvwxyz0123", "hive_a <hidden>"),
        ])
    func secrets(text: String, shown: String) { #expect(Secrets.hidden(in: text) == shown) }
}
