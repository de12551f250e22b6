/// The bytes of all templates by name. A test holds this list to the folder.
extension TemplateLibrary {
    public static let files: KeyValuePairs<String, [UInt8]> = [
        "argument-limit": PackageResources.argument_limit_template_yaml,
        "authorship-line": PackageResources.authorship_line_template_yaml,
        "change-freeze": PackageResources.change_freeze_template_yaml,
        "first-rule": PackageResources.first_rule_template_yaml,
        "network-destinations": PackageResources.network_destinations_template_yaml,
        "production-approval": PackageResources.production_approval_template_yaml,
        "protected-branches": PackageResources.protected_branches_template_yaml,
        "protected-paths": PackageResources.protected_paths_template_yaml,
        "required-reviewers": PackageResources.required_reviewers_template_yaml,
        "secret-free-texts": PackageResources.secret_free_texts_template_yaml,
        "tool-allow-list": PackageResources.tool_allow_list_template_yaml,
    ]
}
