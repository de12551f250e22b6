import Foundation
import Testing

@testable import HiveHooks

/// Real folders and links: what a path leads to is the file system's to say.
@Suite struct PathLinksTests {
    private let base: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("links-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        base = try #require(RealPath.of(folder.path, from: "/"))
        for name in ["proj/.git", "proj/secrets", "proj/sub/.git", "else"] {
            try FileManager.default.createDirectory(atPath: base + "/" + name, withIntermediateDirectories: true)
        }
        try link("proj/ok.txt", to: ".env")
        try link("proj/plain", to: "secrets")
        try link("linked", to: base + "/proj")
        try link("proj/round", to: "round")
    }

    private func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: base + "/" + name, withDestinationPath: target)
    }

    private func real(_ given: String, from folder: String) -> String? {
        let links = PathLinks([given], folder: base + "/" + folder)
        return links.real.first { $0.given == given }.map { String($0.path.dropFirst(base.count + 1)) }
    }

    @Test("Links are followed, also one whose target is not there yet, and what stands behind one")
    func followed() {
        #expect(real("ok.txt", from: "proj") == "proj/.env")
        #expect(real("plain/k", from: "proj") == "proj/secrets/k")
        #expect(real(base + "/linked/.env", from: "else") == "proj/.env")
        #expect(real("../linked/plain/../x", from: "else") == "proj/x")
        #expect(real("secrets/**", from: "linked") == "proj/secrets/**")
        #expect(real("round", from: "proj") == nil)
        // To the system a slash is a slash, whatever mark follows it.
        #expect(real("\u{301}x/../.env", from: "proj") == "proj/.env")
    }

    @Test("A path of which nobody can tell where it leads is named")
    func unclear() throws {
        try link("long-0", to: base + "/proj/.env")
        for number in 1...41 { try link("long-\(number)", to: "long-\(number - 1)") }
        #expect(symlink([0xFF, 0].map { CChar(bitPattern: $0) }, base + "/odd") == 0)
        for path in ["proj/round", "proj/round/x", "long-41", "odd/k", "/proc/self/cwd/.env", "/proc/thread-self"] {
            #expect(PathLinks([path], folder: base).unclear == path)
        }
        for path in ["long-30", "proj/ok.txt", "nothing/there"] {
            #expect(PathLinks([path], folder: base).unclear == nil, "\(path)")
        }
        #expect(PathLinks(["x"], folder: "").unclear == nil)
    }

    @Test("Every work tree around the folder and the files is a root, so that a new one inside hides none")
    func roots() {
        #expect(PathLinks([], folder: base + "/proj/sub").roots.starts(with: [base + "/proj/sub", base + "/proj"]))
        let elsewhere = PathLinks([base + "/linked/.env"], folder: base + "/else").roots
        #expect(elsewhere.contains(base + "/proj") && elsewhere.contains(base + "/linked"))
        #expect(PathLinks([], folder: base + "/linked").roots.contains(base + "/proj"))
    }

    @Test("Folders inside of folders do not hide the project, however many they are and whatever lies in them")
    func nested() throws {
        let deep = base + "/proj" + String(repeating: "/d", count: 300)
        #expect(PathLinks([deep + "/a"], folder: base + "/else").roots.contains(base + "/proj"))
        let most = PathLinks.mostRoots
        for depth in 1...most {
            let path = base + "/proj" + String(repeating: "/d", count: depth) + "/.git"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        func links(_ depth: Int) -> PathLinks {
            PathLinks([], folder: base + "/proj" + String(repeating: "/d", count: depth))
        }
        #expect(links(most - 1).isWhole && links(most - 1).roots.contains(base + "/proj"))
        // Not all of them fit: such a call is not asked about as if they did.
        #expect(!links(most).isWhole)
    }

    @Test("Two spellings that look the same are two projects")
    func spellings() throws {
        let names = ["caf\u{E9}", "cafe\u{301}"].map { base + "/" + $0 }
        for name in names {
            try FileManager.default.createDirectory(atPath: name + "/.git", withIntermediateDirectories: true)
        }
        let roots = PathLinks(names.map { $0 + "/a" }, folder: base + "/else").roots.map { Array($0.utf8) }
        let listed = try FileManager.default.contentsOfDirectory(atPath: base).filter { $0.hasPrefix("caf") }
        // A file system that does not tell them apart has but one.
        #expect(listed.count == 1 || names.allSatisfy { roots.contains(Array($0.utf8)) })
    }
}
