enum PlaceholderHiveServer {}
