"""Our account at Stripe, which the money of each sale is traced in."""
