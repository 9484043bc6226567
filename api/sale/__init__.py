"""The sale after the cart: holds, payment, confirmation, refund; docs/decisions/0016 and 0023 say by which rules."""
