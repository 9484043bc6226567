"""What was sold, from the shop database, without who bought it."""
