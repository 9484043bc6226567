"""What a buyer is written: messages in the shop's name, and the way they leave by SMTP."""
