"""Running the platform: on one machine (`deploy.local`), or in containers (README.md)."""
