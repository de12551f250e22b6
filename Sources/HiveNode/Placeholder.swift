enum PlaceholderHiveNode {}
