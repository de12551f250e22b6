/// Tools by the names that rules know, whatever a client calls them.
public enum ToolName {
    private static let known: [HookClient: [String: String]] = [
        .claudeCode: ["PowerShell": "Bash", "Monitor": "Bash"],
        .codex: [
            "apply_patch": "Edit", "shell": "Bash", "local_shell": "Bash", "exec_command": "Bash",
            "shell_command": "Bash", "container.exec": "Bash", "unified_exec": "Bash", "write_stdin": "Bash",
        ],
        .gemini: [
            "run_shell_command": "Bash", "write_file": "Write", "replace": "Edit", "read_file": "Read",
            "read_many_files": "Read", "glob": "Glob", "search_file_content": "Grep", "grep_search": "Grep",
            "list_directory": "LS", "web_fetch": "WebFetch", "google_web_search": "WebSearch",
        ],
    ]

    public static func known(_ tool: String, of client: HookClient) -> String { known[client]?[tool] ?? tool }

    /// Tools that look at things and change nothing.
    public static let reading: Set<String> = [
        "Read", "Glob", "Grep", "LS", "WebFetch", "WebSearch", "TodoWrite", "TodoRead", "ToolSearch", "NotebookRead",
    ]
    /// Tools that write files.
    public static let writing: Set<String> = ["Write", "Edit", "MultiEdit", "NotebookEdit"]
    /// Tools that have to name a file.
    static let ofFiles = writing.union(["Read", "NotebookRead"])
    /// Tools that look through a folder.
    static let searching: Set<String> = ["Glob", "Grep", "LS"]
    /// The tool whose input is a patch.
    public static let patch = "apply_patch"
}
