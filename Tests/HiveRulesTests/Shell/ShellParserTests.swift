import HiveRules
import Testing

/// What a shell line would run, however it is dressed up.
@Suite struct ShellParserTests {
    @Test(
        "Commands are found behind everything that a shell allows",
        arguments: [
            ("git push", ["git push"]), ("A=1 B=2 git push", ["git push"]),
            ("make && git push; ls | wc", ["make", "git push", "ls", "wc"]),
            ("echo 'rm -rf /'", ["echo rm -rf /"]), ("echo \"a $(rm x) b\"", ["echo a $() b", "rm x"]),
            ("`rm x`", ["$()", "rm x"]),
            ("(cd x && rm y)", ["cd x", "rm y"]), ("/usr/bin/git push", ["git push"]), ("g\\it push", ["git push"]),
            ("git -C dir -c a=b push -f", ["git push -f"]), ("ls > out.txt 2>&1", ["ls"]), ("# rm x", []),
            ("if true; then rm x; fi", ["true", "rm x"]), ("eval 'rm x'", ["eval rm x", "rm x"]),
        ] as [(String, [String])])
    func commands(line: String, expected: [String]) {
        #expect(ShellParser.commands(in: line).map(\.text) == expected)
    }

    @Test(
        "Wrappers do not hide what they run",
        arguments: [
            "sudo rm x", "sudo -u root rm x", "env A=1 rm x", "nohup rm x", "timeout 5 rm x", "timeout -s KILL 5 rm x",
            "bash -c 'rm x'",
            "sudo bash -lc 'rm x'", "xargs -n 1 rm x", "nice -n 5 rm x", "command rm x",
        ])
    func wrappers(line: String) { #expect(ShellParser.commands(in: line).map(\.text).contains("rm x")) }

    @Test(
        "Flags are seen alone, in clusters, with values and abbreviated; longer options are others",
        arguments: [
            ("git push -f", true), ("git push -uf origin", true), ("git push --force", true), ("git push --forc", true),
            ("git push --force=yes", true), ("git push --force-with-lease", false), ("git push -- --force", false),
            ("git push origin force", false), ("git push --follow-tags", false),
        ] as [(String, Bool)])
    func flags(line: String, expected: Bool) {
        #expect(ShellParser.commands(in: line)[0].hasFlag(["--force", "-f"]) == expected)
    }
}
