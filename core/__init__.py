"""What every part of the platform agrees on: domain words, errors, settings and the shop database."""
