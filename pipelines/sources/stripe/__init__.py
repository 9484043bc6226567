"""What our account at Stripe did: payments, refunds, the balance and its payouts, without who paid."""
