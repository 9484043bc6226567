"""The shop: storefront pages and the same data as JSON. published catalogue + shop database + providers -> HTTP"""
