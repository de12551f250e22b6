enum PlaceholderHiveTransport {}
