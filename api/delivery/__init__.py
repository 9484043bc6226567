"""The ASGI layers ahead of the framework: limits, request context, page cache."""
