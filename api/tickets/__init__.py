"""What a buyer takes along: tickets as codes, as a PDF and as a calendar file."""
