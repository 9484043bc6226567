"""What resellers have earned and not been paid, and the payouts that our people record."""
