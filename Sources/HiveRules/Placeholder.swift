enum PlaceholderHiveRules {}
