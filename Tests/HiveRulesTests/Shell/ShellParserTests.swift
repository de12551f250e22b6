@testable import HiveRules
import Testing

/// What a shell line would run, however it is dressed up.
@Suite struct ShellParserTests {
    @Test("Every evasion is seen through", arguments: ShellEvasions.wipes.indices)
    func evasions(place: Int) {
        let (trick, line) = ShellEvasions.wipes[place]
        let found = ShellParser.commands(in: line).contains { command in
            command.program == "rm" && command.hasFlag(["-r"]) && command.hasFlag(["-f"])
                && command.arguments.contains("/")
        }
        #expect(found, "\(trick): \(line) gives \(ShellParser.commands(in: line).map(\.text))")
    }

    @Test("What is only spoken of is not run", arguments: ShellEvasions.harmless)
    func harmless(line: String) {
        #expect(!ShellParser.commands(in: line).contains { $0.program == "rm" }, "\(ShellParser.commands(in: line))")
    }

    @Test(
        "Commands stand in their order, without what is no command",
        arguments: [
            ("git push", ["git push"]), ("A=1 B=2 git push", ["git push"]),
            ("make && git push; ls | wc", ["make", "git push", "ls", "wc"]),
            ("echo 'rm -rf /'", ["echo rm -rf /"]), ("echo \"a $(rm x) b\"", ["echo a $() b", "rm x"]),
            ("`rm x`", ["$()", "rm x"]),
            ("(cd x && rm y)", ["cd x", "rm y"]), ("/usr/bin/git push", ["git push"]), ("g\\it push", ["git push"]),
            ("git -C dir -c a=b push -f", ["git push -f"]), ("git --no-pager --git-dir=x log", ["git log"]),
            ("ls > out.txt 2>&1", ["ls"]), ("# rm x", []), ("x=1", []), ("", []),
            ("if true; then rm x; fi", ["true", "rm x"]), ("eval 'rm x'", ["eval rm x", "rm x"]),
            ("for f in a b; do ls $f; done", ["ls $f"]), ("echo ${HOME}/x $((1+2))", ["echo $HOME/x $((…))"]),
            ("echo a{b,c}d", ["echo abd acd"]), ("echo '{a,b}'", ["echo {a,b}"]),
            ("echo {a..c} {x}", ["echo a b c {x}"]),
            ("echo 'unclosed", ["echo unclosed"]), ("echo $(unclosed", ["echo $()", "unclosed"]), (";;&&||", []),
        ] as [(String, [String])])
    func commands(line: String, expected: [String]) {
        #expect(ShellParser.commands(in: line).map(\.text) == expected)
    }

    @Test("Variables before a command and files it writes are known")
    func surroundings() {
        let commands = ShellParser.commands(in: "A=1 B='x y' env C=2 ls >> /etc/hosts 2>err")
        #expect(commands.map(\.program) == ["env", "ls"])
        #expect(commands[0].environment == ["A": "1", "B": "x y"])
        #expect(commands[1].writes == ["/etc/hosts", "err"])
    }

    @Test(
        "Flags are seen alone, in clusters, with values and abbreviated; longer options are others",
        arguments: [
            ("git push -f", true), ("git push -uf origin", true), ("git push --force", true), ("git push --forc", true),
            ("git push --force=yes", true), ("git push --forc=yes", true), ("git push --force-with-lease", false),
            ("git push -- --force", false), ("git push origin force", false), ("git push --follow-tags", false),
            ("git push --f", false), ("git push -v=f", false),
        ] as [(String, Bool)])
    func flags(line: String, expected: Bool) {
        #expect(ShellParser.commands(in: line)[0].hasFlag(["--force", "-f"]) == expected)
    }

    @Test("A line that nests without end is known not to be complete")
    func depth() {
        let line = (0..<40).reduce("rm x") { inner, _ in "$(\(inner))" }
        #expect(!ShellParser.parse(line).isComplete)
        #expect(!ShellParser.parse(String(repeating: "ls;", count: 2_000)).isComplete)
        #expect(!ShellParser.parse(String(repeating: "sudo ", count: 100) + "rm").isComplete)
        #expect(!ShellParser.parse(String(repeating: "${x:-", count: 5_000) + "$(rm x)").isComplete)
        #expect(!ShellParser.parse("{rm," + String(repeating: "x", count: 5_000) + "}").isComplete)
        #expect(ShellParser.parse("ls").isComplete)
    }

    @Test(
        "Lines made to exhaust are taken apart all the same",
        arguments: [
            "$(", "${", "`", "(", "{", "{,", "\"$(", "$((", "<(", "<<A ", "<<<", "sudo ", "sh -c '", "x=$x$x;", "$'\\x",
            "{a,b}", "{{{{{{{{{{{{{{{{", "{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b} ",
        ])
    func exhaustion(piece: String) {
        let parsed = ShellParser.parse(String(repeating: piece, count: 2_000))
        #expect(parsed.commands.count <= 1_000)
    }

    @Test("No text, however broken, is beyond it", arguments: 0..<200 as Range<UInt64>)
    func robustness(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "'", "\"", "`", "$", "$(", "${", "(", ")", "{", "}", "<<", "<<EOF\n", "<<<", "<(", ">", "&", "|", ";", "\\",
            "\n",
            "a", " ", "=", "sh -c ", "eval ", "$'", "\\x7", "#", "EOF", "{a,", "b}", "\u{301}", "é",
        ]
        let line = (0..<40).map { _ in random.pick(pieces) }.joined()
        #expect(ShellParser.commands(in: line).count <= 1_000)
    }

    @Test("Braces stand for sequences too, and too many words are told")
    func braces() {
        #expect(
            ShellParser.commands(in: "rm -rf /{e..e}tc /v{1..3} {c..a}").first?.arguments == [
                "-rf", "/etc", "/v1", "/v2", "/v3", "c", "b", "a",
            ])
        #expect(
            ShellParser.commands(in: "echo ${a..b} {a..} {..} {1..b}").first?.arguments == [
                "${a..b}", "{a..}", "{..}", "{1..b}",
            ])
        for line in [
            "rm /{b,etc}{,}{,}{,}{,}{,}{,}{,}{,}", "rm {1..9000}",
            "a=\(String(repeating: "x", count: 2000)); echo " + String(repeating: "$a", count: 20_000),
            "a=\(String(repeating: "x", count: 2000)); echo " + String(repeating: "${b:-$a}", count: 20_000),
        ] {
            #expect(!ShellParser.parse(line).isComplete, "\(line.prefix(40))")
        }
        #expect(ShellParser.parse("rm {a,b}{c,d}").isComplete)
    }
}
