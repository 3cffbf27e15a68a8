"""The load of a measurement: rows in bulk, requests, clients, the server, and the bare reference beside it."""
