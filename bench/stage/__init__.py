"""The stage of the scenes: an instance with every page in every state. Every person is invented."""
