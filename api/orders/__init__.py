"""All a buyer has after paying: his order's page, tickets to take along, mail, and the way to cancel."""
