"""Who is at the door: sign-in, sessions and accounts, for the API's own pages and for the dashboards."""
