"""From a time to a payment: choosing tickets, the cart with its holds, the buyer, and the way to Stripe."""
