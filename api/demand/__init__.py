"""What visitors look for, counted without telling one from another."""
