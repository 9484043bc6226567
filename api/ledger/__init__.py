"""Whether every cent is where we say it is: the ledger against the sales, and both against Stripe."""
